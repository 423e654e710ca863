internal import Foundation
public import MailModel
internal import NIOCore
internal import NIOPosix

/// Opens TCP connections to named hosts by Happy Eyeballs (RFC 8305), over the addresses that our own resolver found.
public struct TCPConnector: Sendable {
    /// Where a host and port really are: for peers on loopback that stand in for others.
    public typealias Rerouting = @Sendable (_ host: String, _ port: Int) -> (address: String, port: Int)?

    /// How long the other address family is waited for once one has answered (RFC 8305, section 3).
    static let resolutionDelay = Duration.milliseconds(50)
    /// How long an attempt is left alone before the next begins (RFC 8305, section 5).
    static let attemptDelay = Duration.milliseconds(250)
    /// How many addresses are tried.
    static let maximumAddresses = 8

    private let resolver: any DNSResolving
    private let rerouting: Rerouting?

    /// Makes a connector.
    ///
    /// - Parameters:
    ///   - resolver: Who finds addresses.
    ///   - rerouting: Where to go instead; nil for the real place.
    public init(resolver: any DNSResolving, rerouting: Rerouting? = nil) {
        self.resolver = resolver
        self.rerouting = rerouting
    }

    /// What came of an attempt to connect.
    public struct Result: Sendable {
        /// The look-ups and attempts.
        public var facts: ConnectionFacts
        /// The connection, nil when there is none.
        public var connection: MailConnection?
        /// Why there is none.
        public var failure: Failure?
        /// How long the look-ups took; the rest of the time went into connecting.
        public var lookupDuration: Duration
    }

    /// Finds the host's addresses and connects to the first that answers.
    ///
    /// - Parameters:
    ///   - host: A host name or an IP address.
    ///   - port: The TCP port.
    ///   - overIPv6: The only address family to use; nil for both.
    ///   - deadline: When to give up.
    /// - Returns: Facts in every case, and a connection or a failure.
    public func connect(
        host: String, port: Int, overIPv6: Bool? = nil, until deadline: ContinuousClock.Instant
    ) async -> Result {
        let start = ContinuousClock.now
        let lookups = await lookup(host, until: deadline)
        let lookupDuration = ContinuousClock.now - start
        let addresses = Self.interleaved(host: host, lookups).filter { address in
            overIPv6 == nil || IPAddress(address)?.isIPv6 == overIPv6
        }
        guard !addresses.isEmpty else {
            let failure = Failure.noAddress(lookups)
            return Result(
                facts: ConnectionFacts(lookups: lookups), connection: nil, failure: failure,
                lookupDuration: lookupDuration)
        }
        let targets = addresses.map { address in
            rerouting?(host, port).map { ConnectTarget(shown: address, address: $0.address, port: $0.port) }
                ?? ConnectTarget(shown: address, address: address, port: port)
        }
        let race = await ConnectRace(targets: targets, deadline: deadline).run()
        return Result(
            facts: ConnectionFacts(lookups: lookups, attempts: race.attempts), connection: race.connection,
            failure: race.connection == nil ? .notConnected(race.attempts) : nil, lookupDuration: lookupDuration)
    }

    private func lookup(_ host: String, until deadline: ContinuousClock.Instant) async -> [DNSResponse] {
        guard IPAddress(host) == nil else { return [] }
        let resolver = resolver
        return await withTaskGroup(of: DNSResponse?.self) { group in
            for type in [DNSRecordType.aaaa, .a] { group.addTask { await resolver.resolve(host, type) } }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                return nil
            }
            var responses: [DNSResponse] = []
            for await response in group {
                guard let response else { break }
                responses.append(response)
                if responses.count == 2 { break }
                guard !response.records.isEmpty else { continue }
                group.addTask {
                    try? await Task.sleep(for: Self.resolutionDelay)
                    return nil
                }
            }
            group.cancelAll()
            return responses.isEmpty ? [Self.unanswered(host)] : responses
        }
    }

    private static func unanswered(_ host: String) -> DNSResponse {
        DNSResponse(name: host, type: .a, outcome: .timedOut, duration: .zero)
    }

    /// IPv6 and IPv4 in turn, IPv6 first (RFC 8305, section 4).
    private static func interleaved(host: String, _ lookups: [DNSResponse]) -> [String] {
        if IPAddress(host) != nil { return [host] }
        let all = lookups.flatMap { response in
            response.records.compactMap { if case .address(let text) = $0 { text } else { nil } }
        }
        let six = all.filter { IPAddress($0)?.isIPv6 == true }
        let four = all.filter { IPAddress($0)?.isIPv6 == false }
        var result: [String] = []
        for index in 0..<max(six.count, four.count) {
            if index < six.count { result.append(six[index]) }
            if index < four.count { result.append(four[index]) }
        }
        return Array(result.prefix(maximumAddresses))
    }
}

internal import FoundationEssentials
import Glibc
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

    /// How long to wait when this machine has no socket left, at first and at most.
    static let exhaustionPauses = (first: Duration.milliseconds(50), longest: Duration.milliseconds(500))

    private let resolver: any DNSResolving
    private let rerouting: Rerouting?
    private let policy: AddressPolicy
    private let budget: ConnectionBudget?

    /// Makes a connector.
    ///
    /// - Parameters:
    ///   - resolver: Who finds addresses; each run gets its own view of a shared one.
    ///   - rerouting: Where to go instead; nil for the real place. The policy is asked about the real place.
    ///   - policy: Which addresses may be connected to.
    ///   - budget: How many connections there may be; nil for as many as the system lets one have.
    public init(
        resolver: any DNSResolving, rerouting: Rerouting? = nil, policy: AddressPolicy = .all,
        budget: ConnectionBudget? = nil
    ) {
        self.resolver = resolver
        self.rerouting = rerouting
        self.policy = policy
        self.budget = budget
    }

    /// What came of an attempt to connect.
    public struct Result: Sendable {
        /// The look-ups and attempts.
        public var facts: ConnectionFacts
        /// The connection, nil when there is none.
        public var connection: MailConnection?
        /// Why there is none; nil as well when the task was cancelled, which is no fact about anybody.
        public var failure: Failure?
        /// How long the look-ups took; the rest of the time went into connecting.
        public var lookupDuration: Duration
        /// Whether the task was cancelled before there was a connection.
        public var isCancelled = false
    }

    /// Finds the host's addresses and connects to the first that answers.
    ///
    /// - Parameters:
    ///   - host: A host name or an IP address.
    ///   - port: The TCP port.
    ///   - overIPv6: The only address family to use; nil for both.
    ///   - deadline: When to give up, in common time: waiting for a place counts.
    /// - Returns: Facts in every case, and a connection or a failure.
    public func connect(
        host: String, port: Int, overIPv6: Bool? = nil, until deadline: ContinuousClock.Instant
    ) async -> Result {
        await connect(host: host, port: port, overIPv6: overIPv6, until: RunInstant(deadline))
    }

    /// Finds the host's addresses and connects to the first that answers, on a run's clock.
    ///
    /// - Parameters:
    ///   - host: A host name or an IP address.
    ///   - port: The TCP port.
    ///   - overIPv6: The only address family to use; nil for both.
    ///   - deadline: When to give up. What is waited for in queues of ours does not count.
    /// - Returns: Facts in every case, and a connection or a failure, unless the task was cancelled.
    public func connect(
        host: String, port: Int, overIPv6: Bool? = nil, until deadline: RunInstant
    ) async -> Result {
        let start = ContinuousClock.now
        let lookups = await lookup(host, until: deadline)
        var result = Result(
            facts: ConnectionFacts(lookups: lookups ?? []), connection: nil, failure: nil,
            lookupDuration: ContinuousClock.now - start)
        guard let lookups else {
            result.failure = .ourLimit
            return Self.afterCancelling(result)
        }
        let addresses = Self.interleaved(host: host, lookups).filter { address in
            overIPv6 == nil || IPAddress(address)?.isIPv6 == overIPv6
        }
        guard !addresses.isEmpty else {
            result.failure = .noAddress(lookups)
            return Self.afterCancelling(result)
        }
        (result.connection, result.facts.attempts) = await open(addresses, host: host, port: port, until: deadline)
        if result.connection == nil {
            let isOurs = result.facts.attempts.contains { $0.outcome == .ourLimit }
            result.failure = isOurs ? .ourLimit : .notConnected(result.facts.attempts)
        }
        return Self.afterCancelling(result)
    }

    private static func afterCancelling(_ result: Result) -> Result {
        guard Task.isCancelled else { return result }
        var result = result
        (result.failure, result.isCancelled) = (nil, true)
        result.connection?.close()
        result.connection = nil
        return result
    }

    /// Races the addresses that may be connected to; those for which there was no socket come again until the time is
    /// over that the stage had when it began.
    private func open(
        _ addresses: [String], host: String, port: Int, until deadline: RunInstant
    ) async -> (MailConnection?, [ConnectionAttempt]) {
        let giveUp = ContinuousClock.now + deadline.remaining
        var pause = Self.exhaustionPauses.first
        var attempts = addresses.map { address in
            let outcome: ConnectOutcome = policy.allows(address) ? .ourLimit : .notAllowed
            return ConnectionAttempt(address: address, outcome: outcome, duration: .zero)
        }
        while true {
            let open = attempts.filter { $0.outcome == .ourLimit }
            guard !open.isEmpty else { return (nil, attempts) }
            let targets = open.map { target($0.address, host: host, port: port) }
            let race = await ConnectRace(targets: targets, deadline: deadline, budget: budget).run()
            for tried in race.attempts {
                guard let index = attempts.firstIndex(where: { $0.address == tried.address }) else { continue }
                attempts[index] = tried
            }
            let isOver = Task.isCancelled || deadline.hasPassed || ContinuousClock.now + pause >= giveUp
            if race.connection != nil || isOver || !attempts.contains(where: { $0.outcome == .ourLimit }) {
                // An address whose turn never came is no attempt.
                let tried = Set(race.attempts.map(\.address))
                return (race.connection, attempts.filter { $0.outcome != .ourLimit || tried.contains($0.address) })
            }
            await deadline.clock.standingStill { [pause] in try? await Task.sleep(for: pause) }
            pause = min(pause * 2, Self.exhaustionPauses.longest)
        }
    }

    private func target(_ address: String, host: String, port: Int) -> ConnectTarget {
        rerouting?(host, port).map { ConnectTarget(shown: address, address: $0.address, port: $0.port) }
            ?? ConnectTarget(shown: address, address: address, port: port)
    }

    /// The answers; nil when the time went by in a queue of ours.
    private func lookup(_ host: String, until deadline: RunInstant) async -> [DNSResponse]? {
        guard IPAddress(host) == nil else { return [] }
        let resolver = resolver.seen(by: deadline.clock)
        return await withTaskGroup(of: DNSResponse?.self) { group in
            for type in [DNSRecordType.aaaa, .a] { group.addTask { await resolver.resolve(host, type) } }
            group.addTask {
                await deadline.sleep()
                return nil
            }
            var responses: [DNSResponse] = []
            for await response in group {
                guard let response else { break }
                responses.append(response)
                if responses.count == 2 { break }
                guard !response.records.isEmpty else { continue }
                group.addTask {
                    await deadline.orAfter(Self.resolutionDelay).sleep()
                    return nil
                }
            }
            let isOurs = responses.isEmpty && deadline.clock.isWaiting
            group.cancelAll()
            if isOurs { return nil }
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
        var known: Set<String> = []
        return Array(result.filter { known.insert($0).inserted }.prefix(maximumAddresses))
    }
}

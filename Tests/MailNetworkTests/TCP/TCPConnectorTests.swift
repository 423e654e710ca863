import Foundation
import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

/// A resolver that knows what it is told.
private struct FixedResolver: DNSResolving {
    var answers: [DNSRecordType: DNSOutcome]

    func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        DNSResponse(name: name, type: type, outcome: answers[type] ?? .noData, duration: .zero)
    }
}

@Suite("Connecting to a host by Happy Eyeballs")
struct TCPConnectorTests {
    private static let soon = Duration.seconds(20)

    private func deadline(_ delay: Duration = soon) -> ContinuousClock.Instant { .now + delay }

    private func silentServer() async throws -> (MailPeer, Int) {
        let server = MailPeer(script: try Dialogue("! silence\n"), tls: nil)
        return (server, try await server.start())
    }

    @Test func anAddressIsConnectedTo() async throws {
        let (server, port) = try await silentServer()
        let connector = TCPConnector(resolver: FixedResolver(answers: [:]))
        let result = await connector.connect(host: "127.0.0.1", port: port, until: deadline())
        #expect(result.connection != nil)
        #expect(result.facts.attempts.map(\.outcome) == [.connected])
        #expect(result.facts.lookups.isEmpty)
        result.connection?.close()
        await server.stop()
    }

    @Test func theSecondAddressSavesTheFirst() async throws {
        let (server, port) = try await silentServer()
        let resolver = FixedResolver(answers: [.a: .records([.address("127.99.99.99"), .address("127.0.0.1")])])
        let result = await TCPConnector(resolver: resolver).connect(host: "two.test", port: port, until: deadline())
        #expect(result.connection != nil)
        #expect(result.facts.attempts.map(\.outcome) == [.refused, .connected])
        #expect(result.facts.connectedAddress == "127.0.0.1")
        result.connection?.close()
        await server.stop()
    }

    @Test func refusedByAllIsSaid() async throws {
        let (server, port) = try await silentServer()
        await server.stop()
        let result = await TCPConnector(resolver: FixedResolver(answers: [:]))
            .connect(host: "127.0.0.1", port: port, until: deadline())
        #expect(result.connection == nil)
        #expect(result.facts.attempts.map(\.outcome) == [.refused])
    }

    @Test(arguments: [DNSOutcome.nameNotFound, .noData, .timedOut, .serverFailure, .refused])
    func noAddressKeepsItsKind(_ outcome: DNSOutcome) async {
        let resolver = FixedResolver(answers: [.a: outcome, .aaaa: outcome])
        let result = await TCPConnector(resolver: resolver).connect(host: "x.test", port: 25, until: deadline())
        guard case .noAddress(let lookups)? = result.failure else {
            Issue.record("no failure")
            return
        }
        #expect(lookups.allSatisfy { $0.outcome == outcome } && lookups.count == 2)
    }

    @Test func aSilentServerEndsAtTheDeadline() async throws {
        let (server, port) = try await silentServer()
        let result = await TCPConnector(resolver: FixedResolver(answers: [:]))
            .connect(host: "127.0.0.1", port: port, until: deadline())
        let connection = try #require(result.connection)
        await #expect(throws: ConnectionError.timedOut) { try await connection.read(until: .now + .milliseconds(50)) }
        connection.close()
        await server.stop()
    }

    @Test func cancellingEndsAReadAtOnce() async throws {
        let (server, port) = try await silentServer()
        let result = await TCPConnector(resolver: FixedResolver(answers: [:]))
            .connect(host: "127.0.0.1", port: port, until: deadline())
        let connection = try #require(result.connection)
        let reading = Task { try await connection.read(until: .now + .seconds(3600)) }
        reading.cancel()
        await #expect(throws: ConnectionError.cancelled) { try await reading.value }
        await server.stop()
    }

    @Test func closedByThePeerIsSaid() async throws {
        let server = MailPeer(script: try Dialogue("S: 421 busy\n! close\n"), tls: nil)
        let port = try await server.start()
        let result = await TCPConnector(resolver: FixedResolver(answers: [:]))
            .connect(host: "127.0.0.1", port: port, until: deadline())
        let connection = try #require(result.connection)
        let first = try await connection.read(until: deadline())
        #expect(first.starts(with: Array("421".utf8)))
        await #expect(throws: ConnectionError.closed(reset: false)) { try await connection.read(until: deadline()) }
        await server.stop()
    }

    @Test func anAddressThatIsNotAllowedIsNotTried() async throws {
        let (server, port) = try await silentServer()
        let resolver = FixedResolver(answers: [.a: .records([.address("127.0.0.1"), .address("127.0.0.2")])])
        let strict = TCPConnector(resolver: resolver, policy: .publicOnly())
        let refused = await strict.connect(host: "inside.test", port: port, until: deadline())
        #expect(refused.connection == nil)
        #expect(refused.facts.attempts.map(\.outcome) == [.notAllowed, .notAllowed])
        #expect(server.record.connections == 0)
        let lenient = TCPConnector(resolver: resolver, policy: AddressPolicy { $0 == "127.0.0.2" })
        let second = await lenient.connect(host: "inside.test", port: port, until: deadline())
        #expect(second.facts.attempts.map(\.outcome).first == .notAllowed)
        #expect(second.failure == .notConnected(second.facts.attempts))
        await server.stop()
    }

    @Test func thePolicyLooksAtTheAddressThatIsShown() async throws {
        let (server, port) = try await silentServer()
        let connector = TCPConnector(
            resolver: FixedResolver(answers: [.a: .records([.address("1.1.1.1")])]),
            rerouting: { _, _ in ("127.0.0.1", port) }, policy: .publicOnly())
        let result = await connector.connect(host: "far.test", port: 25, until: deadline())
        #expect(result.facts.connectedAddress == "1.1.1.1")
        result.connection?.close()
        await server.stop()
    }

    @Test func withoutAPlaceItIsOurLimit() async throws {
        let (server, port) = try await silentServer()
        let budget = ConnectionBudget(connections: 1)
        let connector = TCPConnector(resolver: FixedResolver(answers: [:]), budget: budget)
        let first = await connector.connect(host: "127.0.0.1", port: port, until: deadline())
        let second = await connector.connect(host: "127.0.0.1", port: port, until: deadline(.milliseconds(50)))
        #expect(second.failure == .ourLimit && second.facts.attempts.map(\.outcome) == [.ourLimit])
        // With a clock of its own, the wait counts for nothing, and the place comes.
        let clock = RunClock(timeout: .seconds(5))
        let third = Task { await connector.connect(host: "127.0.0.1", port: port, until: clock.deadline) }
        while budget.counters.waiting < 1, !Task.isCancelled { await Task.yield() }
        try await Task.sleep(for: .milliseconds(100))
        first.connection?.close()
        let connected = await third.value
        #expect(connected.connection != nil && clock.waited >= .milliseconds(90))
        connected.connection?.close()
        while budget.counters.open > 0, !Task.isCancelled { await Task.yield() }
        #expect(budget.counters.given == 2)
        await server.stop()
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN, ECONNREFUSED, ETIMEDOUT, ENETUNREACH])
    func exhaustionIsToldFromTrouble(_ code: Int32) {
        #expect(SystemLimit.isReached(code) == ![ECONNREFUSED, ETIMEDOUT, ENETUNREACH].contains(code))
    }
}

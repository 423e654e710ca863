import Foundation
import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

/// Every wait ends at once when its task is cancelled, and leaves nothing behind.
@Suite("Cancelling", .timeLimit(.minutes(2))) struct CancellingTests {
    /// What can be waited for.
    enum Wait: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case lookupInQueue, lookupOnWire, place, connecting, reading, handshake, httpLookup, httpTurn, httpHandshake
        case clock

        var testDescription: String { rawValue }
    }

    /// Everything that a run shares with others, and peers that never answer.
    final class Bench: Sendable {
        let resolver: CachingResolver
        let budget: ConnectionBudget
        let connector: TCPConnector
        let http: CurlHTTPClient
        let silentPort: Int
        let fullPort: Int
        let clock = RunClock(timeout: .seconds(3_600))

        init(dns: ResolverAddress, silentPort: Int, fullPort: Int, places: Int) throws {
            let limits = ResolverLimits(firstTry: .seconds(600), tries: 1, deadline: .seconds(600), inFlight: 1)
            resolver = CachingResolver(try CAresResolver(server: dns, limits: limits))
            budget = ConnectionBudget(connections: places)
            connector = TCPConnector(resolver: resolver, budget: budget)
            http = try CurlHTTPClient(resolver: resolver, caFile: nil, userAgent: "lab", budget: budget)
            (self.silentPort, self.fullPort) = (silentPort, fullPort)
        }

        var isIdle: Bool {
            let (dns, sockets, turns) = (resolver.counters, budget.counters, http.counters)
            return dns.inFlight + dns.queued + sockets.open + sockets.waiting + turns.open + turns.waiting == 0
        }

        /// Waits for something that never comes.
        func perform(_ wait: Wait) async {
            let deadline = clock.deadline
            switch wait {
            case .lookupInQueue:
                async let first = resolver.view(for: clock).resolve("one.example", .a)
                async let second = resolver.view(for: clock).resolve("two.example", .a)
                #expect(await [first.outcome, second.outcome] == [.cancelled, .cancelled])
            case .lookupOnWire:
                let result = await connector.connect(host: "silent.example", port: 1, until: deadline)
                #expect(result.isCancelled && result.failure == nil && result.connection == nil)
            case .place:
                async let first = connector.connect(host: "127.0.0.1", port: fullPort, until: deadline)
                async let second = connector.connect(host: "127.0.0.1", port: fullPort, until: deadline)
                #expect(await [first.isCancelled, second.isCancelled] == [true, true])
            case .connecting:
                let result = await connector.connect(host: "127.0.0.1", port: fullPort, until: deadline)
                #expect(result.isCancelled && result.failure == nil)
            case .reading, .handshake: await talk(wait, until: deadline)
            case .httpLookup, .httpTurn, .httpHandshake: await fetch(wait)
            case .clock: await deadline.sleep()
            }
        }

        private func talk(_ wait: Wait, until deadline: RunInstant) async {
            let result = await connector.connect(host: "127.0.0.1", port: silentPort, until: deadline)
            guard let connection = result.connection else { return }
            if wait == .reading {
                await #expect(throws: ConnectionError.cancelled) { try await connection.read(until: deadline) }
            } else {
                await #expect(throws: HandshakeError.cancelled) {
                    let context = try TLSClientContext(caFile: nil)
                    _ = try await connection.startTLS(
                        context, host: "a.test", afterStartTLS: false, until: .now + .seconds(600))
                }
            }
        }

        private func fetch(_ wait: Wait) async {
            let host = wait == .httpLookup ? "silent.example" : "127.0.0.1"
            let request = HTTPRequest(method: "POST", url: "https://\(host):\(silentPort)/", timeout: .seconds(600))
            let view = http.view(for: clock)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<(wait == .httpTurn ? 2 : 1) {
                    group.addTask {
                        let failure = await #expect(throws: HTTPFailure.self) { try await view.send(request) }
                        #expect(failure?.kind == .cancelled && failure?.requestMayHaveLeft == false)
                    }
                }
            }
        }

        /// Whether the wait that is meant has begun.
        func isThere(_ wait: Wait) -> Bool {
            switch wait {
            case .lookupInQueue: resolver.counters.inFlight == 1 && resolver.counters.queued == 1
            case .lookupOnWire, .httpLookup: resolver.counters.inFlight == 1
            case .place: budget.counters.open == 1 && budget.counters.waiting == 1
            case .httpTurn: http.counters.open == 2 && budget.counters.waiting == 1
            case .connecting, .reading, .handshake, .httpHandshake: budget.counters.open == 1
            case .clock: true
            }
        }
    }

    /// What is promised; a sanitizer makes everything many times slower, and says so by this variable (scripts/sanitize).
    private static let bound =
        Duration.milliseconds(100) * (ProcessInfo.processInfo.environment["MAILCONNECT_SLOWED"].flatMap(Int.init) ?? 1)

    @Test("Each wait ends within 100 ms and leaves no connection, place or question", arguments: Wait.allCases)
    func ends(_ wait: Wait) async throws {
        let silent = try #require(LoopbackPort.bind(SOCK_STREAM))
        let full = try FullListener()
        defer { close(silent) }
        #expect(listen(silent, 64) == 0)
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            var fastest = Duration.seconds(60)
            // The machine may be busy with other things: one of a few rounds must be as fast as is promised.
            for _ in 0..<5 where fastest >= Self.bound {
                let isScarce = wait == .place || wait == .httpTurn
                let bench = try Bench(
                    dns: peer.address, silentPort: Int(LoopbackPort.number(of: silent)), fullPort: full.port,
                    places: isScarce ? 1 : 8)
                let task = Task { await bench.perform(wait) }
                while !bench.isThere(wait) { try await Task.sleep(for: .milliseconds(1)) }
                // Beyond the counter, into the wait itself.
                try await Task.sleep(for: .milliseconds(30))
                let begin = ContinuousClock.now
                task.cancel()
                await task.value
                while !bench.isIdle { try await Task.sleep(for: .milliseconds(1)) }
                fastest = min(fastest, ContinuousClock.now - begin)
                #expect(!bench.clock.isWaiting)
            }
            #expect(fastest < Self.bound)
        }
    }

    /// A listener that takes no more connections: whoever comes now waits for an answer to its SYN.
    private final class FullListener {
        let port: Int
        private var sockets: [Int32]

        init() throws {
            let listener = try #require(LoopbackPort.bind(SOCK_STREAM))
            listen(listener, 0)
            sockets = [listener]
            let number = LoopbackPort.number(of: listener)
            port = Int(number)
            for _ in 0..<4 { sockets.append(LoopbackPort.beginConnecting(to: number)) }
        }

        deinit { for socket in sockets { close(socket) } }
    }
}

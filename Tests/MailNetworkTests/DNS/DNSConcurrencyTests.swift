import Foundation
import MailModel
import Synchronization
import Testing

@testable import MailNetwork

/// Many look-ups at once, cancelled ones, and the end of a resolver.
@Suite(.timeLimit(.minutes(2))) struct DNSConcurrencyTests {
    /// A gate that a scripted peer waits behind.
    private final class Gate: Sendable {
        let isOpen = Atomic(false)
    }

    @Test("500 look-ups at once are all answered, at most 64 on the wire") func many() async throws {
        try await DNSScriptedPeer.run {
            [$0.address()]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            let answered = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask { await resolver.resolve("n\(number).example", .a).records.count == 1 }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 500)
            #expect(Set(peer.queries.map(\.name)).count == 500)
        }
    }

    @Test("No more queries are on the wire than allowed: the others never get their turn") func width() async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let limits = ResolverLimits(
                firstTry: .seconds(600), tries: 1, deadline: .milliseconds(300), inFlight: 4)
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask { #expect(await resolver.resolve("n\(number).example", .a).outcome == .timedOut) }
                }
            }
            // A task that reached the resolver 300 ms after the others still finds four abandoned queries on the wire.
            #expect(peer.queries.count == 4)
        }
    }

    @Test("A cancelled look-up ends at once; its sibling gets its answer") func cancelled() async throws {
        let gate = Gate()
        try await DNSScriptedPeer.run { query in
            // Silence until the gate is open: the sibling is answered by a later try.
            gate.isOpen.load(ordering: .acquiring) ? [query.address()] : []
        } body: { peer in
            let limits = ResolverLimits(firstTry: .milliseconds(300), tries: 10, deadline: .seconds(600))
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            let sibling = Task { await resolver.resolve("sibling.example", .a) }
            let victim = Task { await resolver.resolve("victim.example", .a) }
            while Set(peer.queries.map(\.name)).count < 2 { await Task.yield() }
            victim.cancel()
            #expect(await victim.value.outcome == .timedOut)
            gate.isOpen.store(true, ordering: .releasing)
            #expect(await sibling.value.records == [.address("192.0.2.1")])
        }
    }

    @Test("A task that is cancelled before it asks sends nothing") func cancelledBefore() async throws {
        try await DNSScriptedPeer.run {
            [$0.address()]
        } body: { peer in
            let resolver = try CAresResolver(server: peer.address)
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await resolver.resolve("name.example", .a).outcome
            }
            task.cancel()
            #expect(await task.value == .timedOut)
            #expect(peer.queries.isEmpty)
        }
    }

    @Test("Look-ups end at their deadline, those that wait for their turn too") func deadline() async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let limits = ResolverLimits(
                firstTry: .seconds(600), tries: 1, deadline: .milliseconds(100), inFlight: 1)
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            async let first = resolver.resolve("one.example", .a)
            async let second = resolver.resolve("two.example", .a)
            #expect(await [first.outcome, second.outcome] == [.timedOut, .timedOut])
        }
    }

    @Test("Queries that cannot even be sent end at once, those that wait for their turn too") func unsendable()
        async throws
    {
        // No socket may be connected to the broadcast address without asking for it, so nothing leaves the machine.
        let limits = ResolverLimits(deadline: .seconds(600), inFlight: 2)
        let resolver = try CAresResolver(server: ResolverAddress("255.255.255.255"), limits: limits)
        let broken = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    if case .broken = await resolver.resolve("n\(number).example", .a).outcome { true } else { false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(broken == 20)
    }

    @Test("When the worker stops, everything that waits ends") func stop() async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let wakeUp = try #require(WakeUp())
            let inbox = Inbox<ResolverMessage>(wakeUp: wakeUp)
            let server = try peer.address
            let thread = OwnedThread(name: "dns-test") {
                let limits = ResolverLimits(firstTry: .seconds(600), inFlight: 3)
                try? ResolverWorker(servers: [server], limits: limits, inbox: inbox).run()
            }
            let outcomes = await withTaskGroup(of: DNSOutcome.self) { group in
                for id in 0..<3 as Range<UInt64> {
                    group.addTask { await Self.ask(inbox, id: id) }
                }
                while peer.queries.count < 3 { await Task.yield() }
                inbox.post(.stop)
                return await group.reduce(into: []) { $0.append($1) }
            }
            thread.join()
            #expect(outcomes == [.timedOut, .timedOut, .timedOut])
            #expect(!inbox.post(.stop))
        }
    }

    @Test("Resolvers that are let go of leave no descriptors behind") func manyResolvers() throws {
        func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
        let before = try openDescriptors()
        for _ in 0..<500 { _ = try CAresResolver(server: ResolverAddress("127.0.0.1:5")) }
        // Each has a pipe; other tests run at the same time and have some open.
        #expect(try openDescriptors() < before + 500)
    }

    private static func ask(_ inbox: Inbox<ResolverMessage>, id: UInt64) async -> DNSOutcome {
        await withCheckedContinuation { continuation in
            let lookup = ResolverMessage.Lookup(
                id: id, question: DNSQuestion("n\(id).example", .a),
                deadline: ContinuousClock.now.advanced(by: .seconds(600)), continuation: continuation)
            inbox.post(.start(lookup))
        }
    }
}

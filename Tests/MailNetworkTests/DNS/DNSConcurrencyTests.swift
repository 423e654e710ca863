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

    @Test("500 look-ups at once are all answered") func many() async throws {
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

    @Test("No more queries are in their first try than allowed; the silent ones make room for others") func width()
        async throws
    {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let limits = ResolverLimits(firstTry: .milliseconds(400), tries: 1, deadline: .seconds(600), inFlight: 4)
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask { #expect(await resolver.resolve("n\(number).example", .a).outcome == .timedOut) }
                }
                while peer.queries.count < 4, !Task.isCancelled { await Task.yield() }
                #expect(resolver.counters.inFlight == 4)
                #expect(resolver.counters.queued <= 8)
            }
            #expect(peer.queries.count == 12)
            #expect(resolver.counters.asked == 12)
        }
    }

    @Test("A run with a thousand questions delays another by one; its clock stands still until then") func fairness()
        async throws
    {
        let gate = Gate()
        try await DNSScriptedPeer.run { query in
            // The first are answered late, so that all the others are in the queue by then.
            while !gate.isOpen.load(ordering: .acquiring) { usleep(1_000) }
            return [query.address()]
        } body: { peer in
            let limits = ResolverLimits(firstTry: .seconds(60), tries: 1, deadline: .seconds(600), inFlight: 2)
            let resolver = CachingResolver(try CAresResolver(server: peer.address, limits: limits))
            let (greedy, modest) = (RunClock(timeout: .seconds(60)), RunClock(timeout: .seconds(60)))
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask { _ = await resolver.view(for: greedy).resolve("g\(number).example", .a) }
                }
                while resolver.counters.queued < 298, !Task.isCancelled { await Task.yield() }
                group.addTask { _ = await resolver.view(for: modest).resolve("modest.example", .a) }
                while resolver.counters.queued < 299, !Task.isCancelled { await Task.yield() }
                #expect(modest.isWaiting && greedy.isWaiting)
                try? await Task.sleep(for: .milliseconds(50))
                gate.isOpen.store(true, ordering: .releasing)
            }
            let place = peer.queries.map(\.name).firstIndex(of: "modest.example")
            #expect((place ?? .max) < 6)
            #expect(modest.waited >= .milliseconds(50))
            #expect(!modest.isWaiting && !greedy.isWaiting)
        }
    }

    @Test("Names of dead servers hold nobody up") func deadDomains() async throws {
        try await DNSScriptedPeer.run { query in
            query.name.hasPrefix("dead") ? [] : [query.address()]
        } body: { peer in
            let limits = ResolverLimits(firstTry: .milliseconds(100), tries: 6, deadline: .seconds(600), inFlight: 8)
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            let dead = (0..<64).map { number in Task { await resolver.resolve("dead\(number).example", .a) } }
            while resolver.counters.queued < 56, !Task.isCancelled { await Task.yield() }
            let begin = ContinuousClock.now
            #expect(await resolver.resolve("alive.example", .a).records.count == 1)
            // Eight rounds of a first try; without that, it would be eight times 6.3 s.
            #expect(ContinuousClock.now - begin < .seconds(4))
            for task in dead { task.cancel() }
            for task in dead { #expect(await task.value.outcome == .cancelled) }
        }
    }

    @Test("Cancelled look-ups give their slots back at once, and their late answers are kept") func abandoned()
        async throws
    {
        let gate = Gate()
        try await DNSScriptedPeer.run { query in
            while query.name.hasPrefix("late"), !gate.isOpen.load(ordering: .acquiring) { usleep(1_000) }
            return [query.address()]
        } body: { peer in
            let limits = ResolverLimits(firstTry: .seconds(60), tries: 1, deadline: .seconds(600), inFlight: 1)
            let resolver = CachingResolver(try CAresResolver(server: peer.address, limits: limits))
            let victim = Task { await resolver.resolve("late.example", .a).outcome }
            while peer.queries.isEmpty, !Task.isCancelled { await Task.yield() }
            victim.cancel()
            #expect(await victim.value == .cancelled)
            let next = Task { await resolver.resolve("next.example", .a).records.count }
            while resolver.counters.asked < 2, !Task.isCancelled { await Task.yield() }
            #expect(resolver.counters.inFlight == 1 && resolver.counters.abandoned == 1)
            gate.isOpen.store(true, ordering: .releasing)
            #expect(await next.value == 1)
            while resolver.counters.kept < 2, !Task.isCancelled { await Task.yield() }
            #expect(await resolver.resolve("late.example", .a).records.count == 1)
            while resolver.counters.abandoned > 0, !Task.isCancelled { await Task.yield() }
            #expect(resolver.counters.asked == 2)
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
            while Set(peer.queries.map(\.name)).count < 2, !Task.isCancelled { await Task.yield() }
            victim.cancel()
            #expect(await victim.value.outcome == .cancelled)
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
            #expect(await task.value == .cancelled)
            #expect(peer.queries.isEmpty)
        }
    }

    @Test("A look-up's time begins when it is on the wire") func deadline() async throws {
        try await DNSScriptedPeer.run { _ in
            []
        } body: { peer in
            let limits = ResolverLimits(
                firstTry: .seconds(600), tries: 1, deadline: .milliseconds(100), inFlight: 1)
            let resolver = try CAresResolver(server: peer.address, limits: limits)
            async let first = resolver.resolve("one.example", .a)
            while resolver.counters.inFlight < 1, !Task.isCancelled { await Task.yield() }
            async let second = resolver.resolve("two.example", .a)
            #expect(await [first.outcome, second.outcome] == [.timedOut, .timedOut])
            #expect(await second.duration >= .milliseconds(150))
            #expect(peer.queries.count == 2)
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
            let commands = CommandQueue<ResolverMessage>(wakeUp: wakeUp)
            let server = try peer.address
            let thread = OwnedThread(name: "dns-test") {
                let limits = ResolverLimits(firstTry: .seconds(600), inFlight: 3)
                try? ResolverWorker(servers: [server], limits: limits, commands: commands).run()
            }
            let outcomes = await withTaskGroup(of: DNSOutcome.self) { group in
                for id in 0..<3 as Range<UInt64> {
                    group.addTask { await Self.ask(commands, id: id) }
                }
                while peer.queries.count < 3, !Task.isCancelled { await Task.yield() }
                commands.post(.stop)
                return await group.reduce(into: []) { $0.append($1) }
            }
            thread.join()
            #expect(outcomes == [.cancelled, .cancelled, .cancelled])
            #expect(!commands.post(.stop))
        }
    }

    @Test("Resolvers that are let go of leave no descriptors behind") func manyResolvers() throws {
        func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
        let before = try openDescriptors()
        for _ in 0..<500 { _ = try CAresResolver(server: ResolverAddress("127.0.0.1:5")) }
        // Each has a pipe, which its thread closes when it ends; other tests run at the same time and have some open.
        let deadline = ContinuousClock.now + .seconds(30)
        while try openDescriptors() >= before + 500, ContinuousClock.now < deadline { usleep(10_000) }
        #expect(try openDescriptors() < before + 500)
    }

    private static func ask(_ commands: CommandQueue<ResolverMessage>, id: UInt64) async -> DNSOutcome {
        await withCheckedContinuation { continuation in
            let lookup = ResolverMessage.Lookup(
                id: id, question: DNSQuestion("n\(id).example", .a), continuation: continuation)
            commands.post(.start(lookup))
        }.outcome
    }
}

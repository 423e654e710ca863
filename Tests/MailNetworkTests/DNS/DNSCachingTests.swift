import MailModel
import Synchronization
import Testing

@testable import MailNetwork

/// A resolver whose answers a test decides, one by one.
private final class ManualResolver: DNSResolving {
    private struct State {
        var asked: [DNSQuestion] = []
        var waiting: [CheckedContinuation<DNSOutcome, Never>] = []
        var cancelled = 0
    }

    private let state = Mutex(State())

    var asked: [DNSQuestion] { state.withLock { $0.asked } }
    var cancelled: Int { state.withLock { $0.cancelled } }

    func answer(_ outcome: DNSOutcome) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }

    func waitUntilAsked(_ count: Int) async { while asked.count < count { await Task.yield() } }

    func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    state.waiting.append(continuation)
                    state.asked.append(DNSQuestion(name, type))
                }
            }
        } onCancel: {
            state.withLock { $0.cancelled += 1 }
            answer(.timedOut)
        }
        return DNSResponse(name: name, type: type, outcome: outcome, duration: .zero)
    }
}

/// The cache in front of a resolver.
@Suite(.timeLimit(.minutes(2))) struct DNSCachingTests {
    private let manual = ManualResolver()

    @Test(
        "What a server said is kept",
        arguments: [
            DNSOutcome.records([.txt("x")]), .nameNotFound, .noData, .serverFailure, .refused,
        ])
    func kept(outcome: DNSOutcome) async {
        let cache = CachingResolver(manual)
        async let first = cache.resolve("Name.Example", .txt)
        await manual.waitUntilAsked(1)
        manual.answer(outcome)
        #expect(await first.outcome == outcome)
        let second = await cache.resolve("name.example.", .txt)
        #expect(second.outcome == outcome)
        #expect(second.name == "name.example")
        #expect(manual.asked.count == 1)
    }

    @Test("That no answer came is not kept", arguments: [DNSOutcome.timedOut, .broken("x")])
    func notKept(outcome: DNSOutcome) async {
        let cache = CachingResolver(manual)
        for count in 1...2 {
            async let response = cache.resolve("name.example", .txt)
            await manual.waitUntilAsked(count)
            manual.answer(outcome)
            #expect(await response.outcome == outcome)
        }
        #expect(manual.asked.count == 2)
    }

    @Test("Types are apart, and what is too old is asked again") func apart() async {
        let cache = CachingResolver(manual, maximumAge: .zero)
        for (count, type) in [(1, DNSRecordType.a), (2, .aaaa), (3, .a)] {
            async let response = cache.resolve("name.example", type)
            await manual.waitUntilAsked(count)
            manual.answer(.noData)
            #expect(await response.outcome == .noData)
        }
    }

    @Test("Who asks the same at the same time shares one query; one of them leaves, the others stay")
    func shared() async {
        let cache = CachingResolver(manual)
        let tasks = (0..<3).map { _ in Task { await cache.resolve("name.example", .a).outcome } }
        while cache.waiting(for: DNSQuestion("name.example", .a)) < 3 { await Task.yield() }
        tasks[0].cancel()
        #expect(await tasks[0].value == .timedOut)
        #expect(manual.cancelled == 0)
        manual.answer(.nameNotFound)
        #expect(await tasks[1].value == .nameNotFound)
        #expect(await tasks[2].value == .nameNotFound)
        #expect(manual.asked.count == 1)
    }

    @Test("When the last one leaves, the query is cancelled, and the next asker begins a new one")
    func lastLeaves() async {
        let cache = CachingResolver(manual)
        let task = Task { await cache.resolve("name.example", .a).outcome }
        await manual.waitUntilAsked(1)
        task.cancel()
        #expect(await task.value == .timedOut)
        async let next = cache.resolve("name.example", .a)
        await manual.waitUntilAsked(2)
        manual.answer(.noData)
        #expect(await next.outcome == .noData)
        #expect(manual.cancelled == 1)
    }

    @Test("A full cache starts anew") func full() async {
        let cache = CachingResolver(manual, maximumEntries: 1)
        for (count, name) in [(1, "a.example"), (2, "b.example"), (3, "a.example")] {
            async let response = cache.resolve(name, .a)
            await manual.waitUntilAsked(count)
            manual.answer(.noData)
            #expect(await response.outcome == .noData)
        }
    }
}

import MailModel
import Synchronization
import Testing

@testable import MailNetwork

/// A resolver whose answers a test decides, one by one.
private final class ManualResolver: DNSResolving {
    private struct State {
        var asked: [DNSQuestion] = []
        var waiting: [CheckedContinuation<(DNSOutcome, Duration?), Never>] = []
        var cancelled = 0
    }

    private let state = Mutex(State())

    var asked: [DNSQuestion] { state.withLock { $0.asked } }
    var cancelled: Int { state.withLock { $0.cancelled } }

    func answer(_ outcome: DNSOutcome, ttl: Duration? = nil) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: (outcome, ttl)) }
    }

    func waitUntilAsked(_ count: Int) async { while asked.count < count, !Task.isCancelled { await Task.yield() } }

    func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        let (outcome, ttl) = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    state.waiting.append(continuation)
                    state.asked.append(DNSQuestion(name, type))
                }
            }
        } onCancel: {
            state.withLock { $0.cancelled += 1 }
            answer(.cancelled)
        }
        return DNSResponse(name: name, type: type, outcome: outcome, duration: .zero, ttl: ttl)
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
        while cache.waiting(for: DNSQuestion("name.example", .a)) < 3, !Task.isCancelled { await Task.yield() }
        tasks[0].cancel()
        #expect(await tasks[0].value == .cancelled)
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
        #expect(await task.value == .cancelled)
        async let next = cache.resolve("name.example", .a)
        await manual.waitUntilAsked(2)
        manual.answer(.noData)
        #expect(await next.outcome == .noData)
        #expect(manual.cancelled == 1)
    }

    struct Age: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var outcome: DNSOutcome
        var ttl: Duration?
        var kept: Duration
    }

    static let ages = [
        Age(
            testDescription: "as long as the TTL", outcome: .records([.txt("x")]), ttl: .seconds(40), kept: .seconds(40)
        ),
        Age(testDescription: "an hour at most", outcome: .records([]), ttl: .seconds(86_400), kept: .seconds(3_600)),
        Age(testDescription: "a run asks once", outcome: .records([.txt("x")]), ttl: .zero, kept: .seconds(5)),
        Age(testDescription: "a no by its SOA", outcome: .noData, ttl: .seconds(60), kept: .seconds(60)),
        Age(testDescription: "a no at most", outcome: .nameNotFound, ttl: .seconds(86_400), kept: .seconds(300)),
        Age(testDescription: "a no without SOA", outcome: .nameNotFound, ttl: nil, kept: .seconds(5)),
        Age(testDescription: "SERVFAIL", outcome: .serverFailure, ttl: .seconds(60), kept: .seconds(5)),
        Age(testDescription: "REFUSED", outcome: .refused, ttl: nil, kept: .seconds(5)),
    ]

    @Test("How long an answer is kept, and what is left of its TTL", arguments: ages) func kept(_ age: Age) async {
        let time = TestTime()
        let cache = CachingResolver(manual) { time.now }
        async let first = cache.resolve("name.example", .txt)
        await manual.waitUntilAsked(1)
        manual.answer(age.outcome, ttl: age.ttl)
        #expect(await first.ttl == age.ttl)
        time.advance(by: age.kept - .milliseconds(1))
        let last = await cache.resolve("name.example", .txt)
        #expect(last.outcome == age.outcome)
        #expect(last.ttl == age.ttl.map { max(.zero, $0 - age.kept + .milliseconds(1)) })
        #expect(manual.asked.count == 1)
        time.advance(by: .milliseconds(1))
        async let next = cache.resolve("name.example", .txt)
        await manual.waitUntilAsked(2)
        manual.answer(.noData)
        #expect(await next.outcome == .noData)
    }

    @Test("A full cache lets go of what is over soonest, and keeps the rest") func full() async {
        let cache = CachingResolver(manual, maximumEntries: 2)
        for (count, name, ttl) in [(1, "long.example", 900), (2, "short.example", 10), (3, "new.example", 60)] {
            async let response = cache.resolve(name, .a)
            await manual.waitUntilAsked(count)
            manual.answer(.records([.address("192.0.2.1")]), ttl: .seconds(ttl))
            #expect(await response.records.count == 1)
        }
        _ = await cache.resolve("long.example", .a)
        _ = await cache.resolve("new.example", .a)
        #expect(manual.asked.count == 3)
        #expect(cache.counters.kept == 2 && cache.counters.fromCache == 2)
    }

    /// Else a cache of which a little is over at any time would be looked through for nearly every answer.
    @Test("A full cache frees a quarter, though something is over by then") func quarter() async {
        let time = TestTime()
        let cache = CachingResolver(manual, maximumEntries: 8) { time.now }
        for count in 1...9 {
            if count == 9 { time.advance(by: .seconds(11)) }
            async let response = cache.resolve("name\(count).example", .a)
            await manual.waitUntilAsked(count)
            manual.answer(.records([.address("192.0.2.1")]), ttl: .seconds(count == 1 ? 10 : 100 * count))
            #expect(await response.records.count == 1)
        }
        // The first is over, the second has the least time left, and the ninth is new.
        #expect(cache.counters.kept == 7)
        _ = await cache.resolve("name3.example", .a)
        #expect(manual.asked.count == 9)
    }
}

/// A time that a test moves.
final class TestTime: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }

    func advance(by duration: Duration) { moment.withLock { $0 += duration } }
}

/// What a resolver tells besides its answers.
struct ResolverOutputTests {
    /// Counting a great many questions leaves the one who takes late answers as it was; a closure that was wrapped anew each time
    /// would overflow the stack when it is called.
    @Test func countingDoesNotTouchWhoTakesLateAnswers() {
        let output = ResolverOutput()
        let late = Mutex(0)
        output.onLateAnswer { _, _ in late.withLock { $0 += 1 } }
        for _ in 0..<300_000 { output.update { $0.asked += 1 } }
        output.late(DNSQuestion("a.test", .mx), DNSAnswer(outcome: .noData))
        #expect(late.withLock { $0 } == 1)
        #expect(output.counters.asked == 300_000)
    }
}

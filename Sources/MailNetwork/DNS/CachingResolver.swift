public import MailModel
internal import Synchronization

/// Asks each question once: whoever asks what is being asked already shares the answer, and answers are kept as long as
/// the DNS says.
///
/// Records are kept for their TTL, every "no" for what its SOA says (RFC 2308, section 5), a failure that a server told
/// for some seconds (section 7.1), and nothing that only says that no answer came. Whoever asks twice within some
/// seconds gets the same answer even when the DNS forbids to keep it: one run must not see a name change under it.
///
/// Whoever is cancelled gets `cancelled` at once; the query goes on for the others, and is cancelled when the last of
/// them is gone.
public final class CachingResolver: SharedResolving, Sendable {
    private let resolver: any DNSResolving
    private let rules: KeepingRules
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(CachingResolverState())

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - resolver: Whom to ask.
    ///   - maximumAge: How long an answer is kept at most; a "no" is kept five minutes at most.
    ///   - maximumEntries: How many answers are kept; those go first whose time is over, and then those that have the
    ///     least time left.
    ///   - now: What the time is; another one than the system's is for tests.
    public init(
        _ resolver: any DNSResolving, maximumAge: Duration = .seconds(3_600), maximumEntries: Int = 20_000,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.resolver = resolver
        self.now = now
        rules = KeepingRules(maximumAge: maximumAge, maximumEntries: maximumEntries)
        (resolver as? CAresResolver)?.output.onLateAnswer { [weak self] question, answer in
            self?.keep(question, answer)
        }
    }

    deinit {
        let (waiting, tasks) = state.withLock { $0.abandonAll() }
        for waiter in waiting { waiter.resume(returning: nil) }
        for task in tasks { task.cancel() }
    }

    /// What was done so far, and what is going on, the resolver below included.
    public var counters: ResolverCounters {
        var counters = (resolver as? CAresResolver)?.counters ?? ResolverCounters()
        state.withLock { state in
            (counters.fromCache, counters.shared, counters.kept) = (state.fromCache, state.shared, state.kept)
        }
        return counters
    }

    /// Answers from the cache, or asks.
    ///
    /// - Parameters:
    ///   - name: The name, in A-labels.
    ///   - type: The record type.
    /// - Returns: The outcome, and the time that the look-up took; for one that gave no answer, the time that this caller
    ///   waited. Its TTL is what is left of it.
    public func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        await resolve(DNSQuestion(name, type), for: nil)
    }

    /// The resolver as one run sees it, with a turn and a clock of its own.
    ///
    /// - Parameter clock: The run's clock.
    /// - Returns: A resolver for this run; it shares everything with those of the others.
    public func view(for clock: RunClock) -> any DNSResolving { View(cache: self, clock: clock) }

    /// How many wait for a question that is on its way.
    func waiting(for question: DNSQuestion) -> Int { state.withLock { $0.waiting(for: question) } }

    private func resolve(_ question: DNSQuestion, for clock: RunClock?) async -> DNSResponse {
        let begin = ContinuousClock.now
        var moment = now()
        if let kept = state.withLock({ $0.answer(to: question, now: moment) }) {
            return kept.response(to: question, now: moment)
        }
        let found = Task.isCancelled ? nil : await ask(question, for: clock)
        moment = now()
        guard let found else {
            return DNSResponse(
                name: question.name, type: question.type, outcome: .cancelled, duration: ContinuousClock.now - begin)
        }
        var response = found.response(to: question, now: moment)
        if rules.age(of: found.outcome, ttl: nil) == nil { response.duration = ContinuousClock.now - begin }
        return response
    }

    /// The answer; nil when the task was cancelled, or the cache is gone.
    private func ask(_ question: DNSQuestion, for clock: RunClock?) async -> KeptAnswer? {
        let ticket = state.withLock { $0.makeTicket() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    guard let wait = state.join(question, ticket: ticket, clock, continuation) else { return }
                    state.own(task(for: question, number: ticket, clock, wait), of: question)
                }
                if Task.isCancelled { leave(question, ticket: ticket) }
            }
        } onCancel: {
            leave(question, ticket: ticket)
        }
    }

    /// The one task that asks; the state owns it, and cancels it when nobody waits any more.
    private func task(
        for question: DNSQuestion, number: UInt64, _ clock: RunClock?, _ wait: SharedWait
    ) -> Task<Void, Never> {
        let lane = clock.map { ObjectIdentifier($0) }
        return Task(executorPreference: EventLoopExecutor.next()) { [resolver, weak self] in
            let begin = ContinuousClock.now
            let response: DNSResponse
            if let shared = resolver as? CAresResolver {
                response = await shared.resolve(question, lane: lane, wait: wait)
            } else {
                response = await resolver.resolve(question.name, question.type)
            }
            self?.settle(question, number: number, response, took: ContinuousClock.now - begin)
        }
    }

    private func settle(_ question: DNSQuestion, number: UInt64, _ response: DNSResponse, took: Duration) {
        let answer = rules.answer(response.outcome, ttl: response.ttl, took: took, now: now())
        let waiting = state.withLock { $0.settle(question, number: number, answer, rules) }
        for waiter in waiting { waiter.resume(returning: answer) }
    }

    /// An answer that came too late for whoever asked.
    private func keep(_ question: DNSQuestion, _ late: DNSAnswer) {
        let answer = rules.answer(late.outcome, ttl: late.ttl, took: .zero, now: now())
        state.withLock { $0.keep(question, answer, rules) }
    }

    private func leave(_ question: DNSQuestion, ticket: UInt64) {
        let (waiter, task) = state.withLock { $0.leave(question, ticket: ticket) }
        waiter?.resume(returning: nil)
        task?.cancel()
    }

    /// What one run sees.
    private struct View: DNSResolving {
        let cache: CachingResolver
        let clock: RunClock

        func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
            await cache.resolve(DNSQuestion(name, type), for: clock)
        }
    }
}

/// An answer, and how long it holds.
struct KeptAnswer: Sendable {
    /// What came back.
    var outcome: DNSOutcome
    /// When its TTL is over; nil when the DNS named none.
    var validUntil: ContinuousClock.Instant?
    /// When it came.
    var since: ContinuousClock.Instant
    /// Until when it is kept, which need not be when its TTL is over.
    var keptUntil: ContinuousClock.Instant
    /// How long the look-up took.
    var took: Duration

    /// The answer to give at a moment.
    func response(to question: DNSQuestion, now: ContinuousClock.Instant) -> DNSResponse {
        DNSResponse(
            name: question.name, type: question.type, outcome: outcome, duration: took,
            ttl: validUntil.map { max(.zero, $0 - now) })
    }
}

/// How long answers are kept.
struct KeepingRules: Sendable {
    /// The longest that RFC 2308, section 7.1 allows for a failure is five minutes; a failure is over much sooner.
    static let failureAge = Duration.seconds(5)
    /// The least that anything is kept, so that a run asks once.
    static let floor = Duration.seconds(5)
    /// A "no" is not kept longer, whatever its SOA says (RFC 2308, section 5 has it be a limit of the resolver's).
    static let maximumNegativeAge = Duration.seconds(300)
    /// Records without a TTL come from a table of this machine, or from a resolver that does not tell.
    static let ageWithoutTTL = Duration.seconds(300)

    /// How long an answer is kept at most.
    var maximumAge: Duration
    /// How many answers are kept.
    var maximumEntries: Int

    /// How long an outcome is kept; nil when it is not.
    func age(of outcome: DNSOutcome, ttl: Duration?) -> Duration? {
        switch outcome {
        case .records: min(max(ttl ?? Self.ageWithoutTTL, Self.floor), maximumAge)
        case .nameNotFound, .noData: min(max(ttl ?? .zero, Self.floor), maximumAge, Self.maximumNegativeAge)
        case .serverFailure, .refused: min(Self.failureAge, maximumAge)
        case .timedOut, .broken, .cancelled: nil
        }
    }

    /// An answer that came at a moment.
    func answer(
        _ outcome: DNSOutcome, ttl: Duration?, took: Duration, now: ContinuousClock.Instant
    ) -> KeptAnswer {
        KeptAnswer(
            outcome: outcome, validUntil: ttl.map { now + $0 }, since: now,
            keptUntil: now + (age(of: outcome, ttl: ttl) ?? .zero), took: took)
    }
}

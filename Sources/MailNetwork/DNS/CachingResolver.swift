public import MailModel
internal import Synchronization

/// Asks each question once: whoever asks what is being asked already shares the answer, and answers are kept for a run.
///
/// Kept are records, every "no" that a server gave, and nothing that only says that no answer came (`timedOut`,
/// `broken`). Ages and TTLs: an answer is kept for five minutes at most, the longest that RFC 2308, section 7.1 allows
/// for a server failure. Whoever is cancelled gets `timedOut` at once; the query goes on for the others, and is
/// cancelled when the last of them is gone.
public final class CachingResolver: DNSResolving, Sendable {
    private let resolver: any DNSResolving
    private let maximumAge: Duration
    private let maximumEntries: Int
    private let state = Mutex(CachingResolverState())

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - resolver: Whom to ask.
    ///   - maximumAge: How long an answer is kept.
    ///   - maximumEntries: How many answers are kept; when there are more, all are let go.
    public init(_ resolver: any DNSResolving, maximumAge: Duration = .seconds(300), maximumEntries: Int = 20_000) {
        self.resolver = resolver
        self.maximumAge = maximumAge
        self.maximumEntries = maximumEntries
    }

    deinit {
        let (waiting, tasks) = state.withLock { $0.abandonAll() }
        for continuation in waiting { continuation.resume(returning: .timedOut) }
        for task in tasks { task.cancel() }
    }

    /// Answers from the cache, or asks.
    ///
    /// - Parameters:
    ///   - name: The name, in A-labels.
    ///   - type: The record type.
    /// - Returns: The outcome, and the time that the look-up took; for one that gave no answer, the time that this caller
    ///   waited.
    public func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        let begin = ContinuousClock.now
        let question = DNSQuestion(name, type)
        let kept = state.withLock { $0.answer(to: question, notBefore: begin - maximumAge) }
        var outcome = kept?.outcome ?? .timedOut
        var took = kept?.took
        if kept == nil, !Task.isCancelled {
            outcome = await ask(question)
            took = state.withLock { $0.answer(to: question, notBefore: begin - maximumAge) }?.took
        }
        return DNSResponse(
            name: question.name, type: type, outcome: outcome, duration: took ?? begin.duration(to: ContinuousClock.now)
        )
    }

    /// How many wait for a question that is on its way.
    func waiting(for question: DNSQuestion) -> Int { state.withLock { $0.waiting(for: question) } }

    private func ask(_ question: DNSQuestion) async -> DNSOutcome {
        let ticket = state.withLock { $0.makeTicket() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    guard let number = state.join(question, ticket: ticket, continuation) else { return }
                    state.own(task(for: question, number: number), of: question)
                }
                if Task.isCancelled { leave(question, ticket: ticket) }
            }
        } onCancel: {
            leave(question, ticket: ticket)
        }
    }

    /// The one task that asks; the state owns it, and cancels it when nobody waits any more.
    private func task(for question: DNSQuestion, number: UInt64) -> Task<Void, Never> {
        Task { [resolver, weak self] in
            let outcome = await resolver.resolve(question.name, question.type).outcome
            self?.settle(question, number: number, outcome)
        }
    }

    private func settle(_ question: DNSQuestion, number: UInt64, _ outcome: DNSOutcome) {
        let waiting = state.withLock { state in
            state.settle(question, number: number, outcome, maximumEntries: maximumEntries)
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }

    private func leave(_ question: DNSQuestion, ticket: UInt64) {
        let (continuation, task) = state.withLock { $0.leave(question, ticket: ticket) }
        continuation?.resume(returning: .timedOut)
        task?.cancel()
    }
}

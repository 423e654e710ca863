internal import MailModel

/// What a caching resolver knows, and what it is asking: kept under one lock.
struct CachingResolverState {
    private struct Answer {
        var outcome: DNSOutcome
        var since: ContinuousClock.Instant
        var took: Duration
    }

    /// A question on its way. `number` tells it from an abandoned earlier one of the same name.
    private struct Asking {
        var number: UInt64
        var since = ContinuousClock.now
        var task: Task<Void, Never>?
        var waiting: [UInt64: CheckedContinuation<DNSOutcome, Never>] = [:]
    }

    private var answers: [DNSQuestion: Answer] = [:]
    private var asking: [DNSQuestion: Asking] = [:]
    private var lastTicket: UInt64 = 0

    /// A number for one caller.
    mutating func makeTicket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    /// The kept answer and the time that the look-up took, nil when there is none that is young enough.
    mutating func answer(
        to question: DNSQuestion, notBefore oldest: ContinuousClock.Instant
    ) -> (outcome: DNSOutcome, took: Duration)? {
        guard let answer = answers[question] else { return nil }
        if answer.since >= oldest { return (answer.outcome, answer.took) }
        answers[question] = nil
        return nil
    }

    /// How many wait for a question that is on its way.
    func waiting(for question: DNSQuestion) -> Int { asking[question]?.waiting.count ?? 0 }

    /// Waits for a question.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - ticket: Who waits.
    ///   - continuation: How to tell them.
    /// - Returns: The number of the question when nobody is asking it yet: then the caller must start it.
    mutating func join(
        _ question: DNSQuestion, ticket: UInt64, _ continuation: CheckedContinuation<DNSOutcome, Never>
    ) -> UInt64? {
        let isNew = asking[question] == nil
        asking[question, default: Asking(number: ticket)].waiting[ticket] = continuation
        return isNew ? ticket : nil
    }

    /// Takes over the task that asks.
    mutating func own(_ task: Task<Void, Never>, of question: DNSQuestion) { asking[question]?.task = task }

    /// Somebody does not want to wait any more.
    ///
    /// - Parameters:
    ///   - question: What they asked.
    ///   - ticket: Who they are.
    /// - Returns: How to tell them, nil when they were told already; and the task, when nobody waits for it any more.
    mutating func leave(
        _ question: DNSQuestion, ticket: UInt64
    ) -> (CheckedContinuation<DNSOutcome, Never>?, Task<Void, Never>?) {
        guard let continuation = asking[question]?.waiting.removeValue(forKey: ticket) else { return (nil, nil) }
        guard asking[question]?.waiting.isEmpty == true else { return (continuation, nil) }
        return (continuation, asking.removeValue(forKey: question)?.task)
    }

    /// A question is answered.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - number: Its number; an answer to an abandoned one tells nobody.
    ///   - outcome: The answer.
    ///   - maximumEntries: How many answers are kept.
    /// - Returns: Who waits for it.
    mutating func settle(
        _ question: DNSQuestion, number: UInt64, _ outcome: DNSOutcome, maximumEntries: Int
    ) -> [CheckedContinuation<DNSOutcome, Never>] {
        guard asking[question]?.number == number, let ended = asking.removeValue(forKey: question) else { return [] }
        if outcome.isWorthKeeping {
            if answers.count >= maximumEntries { answers = [:] }
            let now = ContinuousClock.now
            answers[question] = Answer(outcome: outcome, since: now, took: now - ended.since)
        }
        return Array(ended.waiting.values)
    }

    /// Forgets every question on its way.
    ///
    /// - Returns: Who waits, and the tasks that ask.
    mutating func abandonAll() -> ([CheckedContinuation<DNSOutcome, Never>], [Task<Void, Never>]) {
        defer { asking = [:] }
        return (asking.values.flatMap(\.waiting.values), asking.values.compactMap(\.task))
    }
}

extension DNSOutcome {
    /// Whether a server said it; that no answer came is worth another try.
    fileprivate var isWorthKeeping: Bool {
        switch self {
        case .records, .nameNotFound, .noData, .serverFailure, .refused: true
        case .timedOut, .broken: false
        }
    }
}

internal import MailModel

/// What a caching resolver knows, and what it is asking: kept under one lock.
struct CachingResolverState {
    /// Who waits for an answer; nil tells them that there will be none.
    typealias Waiter = CheckedContinuation<KeptAnswer?, Never>

    /// A question on its way. `number` tells it from an abandoned earlier one of the same name.
    private struct Asking {
        var number: UInt64
        var wait = SharedWait()
        var task: Task<Void, Never>?
        var waiting: [UInt64: Waiter] = [:]
    }

    private var answers: [DNSQuestion: KeptAnswer] = [:]
    private var asking: [DNSQuestion: Asking] = [:]
    private var lastTicket: UInt64 = 0
    /// How many questions were answered from what is kept.
    private(set) var fromCache = 0
    /// How many joined one on its way.
    private(set) var shared = 0

    /// How many answers are kept.
    var kept: Int { answers.count }

    /// A number for one caller.
    mutating func makeTicket() -> UInt64 {
        lastTicket += 1
        return lastTicket
    }

    /// The kept answer, nil when there is none whose time is not over.
    mutating func answer(to question: DNSQuestion, now: ContinuousClock.Instant) -> KeptAnswer? {
        guard let answer = answers[question] else { return nil }
        guard answer.keptUntil > now else {
            answers[question] = nil
            return nil
        }
        fromCache += 1
        return answer
    }

    /// How many wait for a question that is on its way.
    func waiting(for question: DNSQuestion) -> Int { asking[question]?.waiting.count ?? 0 }

    /// Waits for a question.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - ticket: Who waits.
    ///   - clock: The clock of their run, which stands still until the question is on the wire.
    ///   - waiter: How to tell them.
    /// - Returns: What to tell whether it is on the wire, when nobody is asking it yet: then the caller must start it,
    ///   and its ticket is the question's number.
    mutating func join(
        _ question: DNSQuestion, ticket: UInt64, _ clock: RunClock?, _ waiter: Waiter
    ) -> SharedWait? {
        let isNew = asking[question] == nil
        var entry = asking[question] ?? Asking(number: ticket)
        entry.waiting[ticket] = waiter
        entry.wait.join(ticket, clock)
        asking[question] = entry
        if !isNew { shared += 1 }
        return isNew ? entry.wait : nil
    }

    /// Takes over the task that asks.
    mutating func own(_ task: Task<Void, Never>, of question: DNSQuestion) { asking[question]?.task = task }

    /// Somebody does not want to wait any more.
    ///
    /// - Parameters:
    ///   - question: What they asked.
    ///   - ticket: Who they are.
    /// - Returns: How to tell them, nil when they were told already; and the task, when nobody waits for it any more.
    mutating func leave(_ question: DNSQuestion, ticket: UInt64) -> (Waiter?, Task<Void, Never>?) {
        guard let waiter = asking[question]?.waiting.removeValue(forKey: ticket) else { return (nil, nil) }
        asking[question]?.wait.leave(ticket)
        guard asking[question]?.waiting.isEmpty == true else { return (waiter, nil) }
        return (waiter, asking.removeValue(forKey: question)?.task)
    }

    /// A question is answered.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - number: Its number; an answer to an abandoned one tells nobody.
    ///   - answer: The answer.
    ///   - rules: What is kept.
    /// - Returns: Who waits for it.
    mutating func settle(
        _ question: DNSQuestion, number: UInt64, _ answer: KeptAnswer, _ rules: KeepingRules
    ) -> [Waiter] {
        guard asking[question]?.number == number, let ended = asking.removeValue(forKey: question) else { return [] }
        for ticket in ended.waiting.keys { ended.wait.leave(ticket) }
        keep(question, answer, rules)
        return Array(ended.waiting.values)
    }

    /// Keeps an answer, if it is worth it.
    mutating func keep(_ question: DNSQuestion, _ answer: KeptAnswer, _ rules: KeepingRules) {
        guard answer.keptUntil > answer.since, rules.maximumEntries > 0 else { return }
        if answers[question] == nil, answers.count >= rules.maximumEntries {
            makeRoom(now: answer.since, rules.maximumEntries)
        }
        answers[question] = answer
    }

    /// Lets go of what is over and, until a quarter is free, of what has the least time left. A quarter, whatever is over by now: else a
    /// cache of which a little is over at any time would be looked through for nearly every answer. Only the times are sorted.
    private mutating func makeRoom(now: ContinuousClock.Instant, _ maximumEntries: Int) {
        let ends = answers.values.lazy.map(\.keptUntil).filter { $0 > now }.sorted()
        var surplus = ends.count - (maximumEntries - max(1, maximumEntries / 4))
        guard surplus > 0, surplus <= ends.count else {
            answers = answers.filter { $0.value.keptUntil > now }
            return
        }
        let last = ends[surplus - 1]
        // Of those that end at the same moment as the last one only as many go as must.
        surplus -= ends.prefix { $0 < last }.count
        answers = answers.filter { answer in
            guard answer.value.keptUntil == last else { return answer.value.keptUntil > last }
            surplus -= 1
            return surplus < 0
        }
    }

    /// Forgets every question on its way.
    ///
    /// - Returns: Who waits, and the tasks that ask.
    mutating func abandonAll() -> ([Waiter], [Task<Void, Never>]) {
        defer { asking = [:] }
        for entry in asking.values {
            for ticket in entry.waiting.keys { entry.wait.leave(ticket) }
        }
        return (asking.values.flatMap(\.waiting.values), asking.values.compactMap(\.task))
    }
}

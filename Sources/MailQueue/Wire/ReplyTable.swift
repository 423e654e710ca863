internal import Synchronization

/// Who waits for which answer. Answers come on a thread of the C client and go to whoever asked.
final class ReplyTable: Sendable {
    /// Takes a message; nil when the time is over. It says whether it waits for more.
    typealias Taker = @Sendable (QueueMessage?) -> Bool

    private struct Entry {
        var deadline: ContinuousClock.Instant
        var take: Taker
    }

    private struct State {
        var last: UInt64 = 0
        var entries: [UInt64: Entry] = [:]
    }

    private let state = Mutex(State())

    /// Waits for messages.
    ///
    /// - Parameters:
    ///   - deadline: Until when.
    ///   - take: Who takes them.
    /// - Returns: The number under which they come.
    func add(until deadline: ContinuousClock.Instant, _ take: @escaping Taker) -> UInt64 {
        state.withLock { state in
            state.last += 1
            state.entries[state.last] = Entry(deadline: deadline, take: take)
            return state.last
        }
    }

    /// A number that nobody has.
    var unusedNumber: UInt64 {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    /// An answer came, whose subject ends with its number.
    func take(_ message: QueueMessage) {
        guard let number = message.subject.split(separator: ".").last.flatMap({ UInt64($0) }) else { return }
        take(message, number)
    }

    /// A message came for somebody.
    func take(_ message: QueueMessage, _ number: UInt64) {
        guard let entry = state.withLock({ $0.entries.removeValue(forKey: number) })
        else { return }
        guard entry.take(message) else { return }
        state.withLock { $0.entries[number] = entry }
    }

    /// Nothing is waited for under that number any more.
    func remove(_ number: UInt64) {
        let entry = state.withLock { $0.entries.removeValue(forKey: number) }
        _ = entry?.take(nil)
    }

    /// Ends what has waited too long.
    func sweep(_ now: ContinuousClock.Instant) {
        let over = state.withLock { state in
            let over = state.entries.filter { $0.value.deadline <= now }
            for number in over.keys { state.entries[number] = nil }
            return over.values
        }
        for entry in over { _ = entry.take(nil) }
    }

    /// Ends everything.
    func end() {
        let all = state.withLock { state in
            defer { state.entries = [:] }
            return state.entries.values
        }
        for entry in all { _ = entry.take(nil) }
    }
}

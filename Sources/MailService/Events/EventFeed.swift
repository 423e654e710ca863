internal import Synchronization

/// The events of something that goes on, for any number of readers, each from where it likes.
final class EventFeed<End: Sendable>: Sendable {
    /// One event.
    struct Event: Sendable {
        var name: String
        var data: String
    }

    private struct State {
        var events: [Event] = []
        var end: End?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// Tells an event.
    func tell(_ name: String, _ data: String) { change { $0.events.append(Event(name: name, data: data)) } }

    /// How many there are.
    var count: Int { state.withLock { $0.events.count } }

    /// No event follows.
    func finish(_ end: End) { change { if $0.end == nil { $0.end = end } } }

    /// What is there behind some events, as soon as there is more than them.
    ///
    /// - Parameter count: How many events are known.
    /// - Returns: The following ones, and the end where it has come. Both are missing when the task was cancelled.
    func next(after count: Int) async -> (events: [Event], end: End?) {
        while true {
            let now = state.withLock { ($0.events.dropFirst(max(0, count)), $0.end) }
            if !now.0.isEmpty || now.1 != nil { return (Array(now.0), now.1) }
            guard await wait(after: count) else { return ([], nil) }
        }
    }

    /// The end.
    ///
    /// - Returns: It; nil when the task was cancelled.
    func end() async -> End? {
        var count = 0
        while true {
            let (events, end) = await next(after: count)
            if let end { return end }
            guard !events.isEmpty else { return nil }
            count += events.count
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.self)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until there is more; false when the task was cancelled.
    private func wait(after count: Int) async -> Bool {
        let ticket = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    let isDue = state.events.count > count || state.end != nil || Task.isCancelled
                    if !isDue { state.waiting[ticket] = continuation }
                    return isDue
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            continuation?.resume()
        }
        return !Task.isCancelled
    }
}

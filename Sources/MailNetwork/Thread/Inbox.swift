internal import Synchronization

/// The letterbox of a thread that owns C handles: any task posts, only the thread takes out.
final class Inbox<Message: Sendable>: Sendable {
    /// Readable when there is something to take out.
    let wakeUp: WakeUp
    private let state = Mutex(State())

    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    /// Makes an empty inbox.
    ///
    /// - Parameter wakeUp: What wakes the thread.
    init(wakeUp: WakeUp) { self.wakeUp = wakeUp }

    /// Posts a message and wakes the thread.
    ///
    /// - Parameter message: The message.
    /// - Returns: False when the inbox is closed: then nobody will ever read the message.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let posted = state.withLock { state in
            guard !state.isClosed else { return false }
            state.messages.append(message)
            return true
        }
        if posted { wakeUp.signal() }
        return posted
    }

    /// Takes out all messages, oldest first.
    ///
    /// - Returns: The messages.
    func takeAll() -> [Message] {
        wakeUp.clear()
        return state.withLock { state in
            defer { state.messages.removeAll(keepingCapacity: true) }
            return state.messages
        }
    }

    /// Closes the inbox for good.
    ///
    /// - Returns: The messages that nobody has read.
    func close() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            state.isClosed = true
            return state.messages
        }
    }
}

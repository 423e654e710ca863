internal import FoundationEssentials
import Glibc
internal import Synchronization

/// What tasks ask of a thread that owns C handles: any task posts, only the thread takes out.
final class CommandQueue<Message: Sendable>: Sendable {
    /// Readable when there is something to take out.
    let wakeUp: WakeUp
    private let state = Mutex(State())

    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    /// Makes an empty queue.
    ///
    /// - Parameter wakeUp: What wakes the thread.
    init(wakeUp: WakeUp) { self.wakeUp = wakeUp }

    /// Posts a message and wakes the thread.
    ///
    /// - Parameter message: The message.
    /// - Returns: False when the queue is closed: then nobody will ever read the message.
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

    /// Closes the queue for good.
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

/// A pipe whose reading end becomes readable when somebody wants the attention of a thread that waits in `poll`.
///
/// Both ends are non-blocking: a full pipe means that the thread has been called already. Programs started for a
/// secret must not inherit the descriptors, so both are closed on exec.
final class WakeUp: Sendable {
    /// The descriptor to wait for.
    let readingEnd: Int32
    private let writingEnd: Int32

    /// Opens the pipe; nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
        (readingEnd, writingEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readingEnd)
        close(writingEnd)
    }

    /// Makes the reading end readable.
    func signal() {
        var octet: UInt8 = 1
        _ = write(writingEnd, &octet, 1)
    }

    /// Takes back all signals so far.
    func clear() {
        var octets = [UInt8](repeating: 0, count: 256)
        while read(readingEnd, &octets, octets.count) == octets.count {}
    }
}

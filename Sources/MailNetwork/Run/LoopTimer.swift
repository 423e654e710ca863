internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A wait that ends after some time, or when its task is cancelled.
///
/// A run sets some ten of them and takes nearly all back. The timer is one of the event loop that the task is on, so setting and
/// taking it back wakes no thread; `Task.sleep` asks a thread of its own for both.
final class LoopTimer: Sendable {
    private struct State {
        var isOver = false
        var continuation: CheckedContinuation<Void, Never>?
        var timer: Scheduled<Void>?
    }

    private let state = Mutex(State())

    private init() {}

    /// Waits.
    ///
    /// - Parameter duration: How long; at most a day.
    static func sleep(for duration: Duration) async {
        let timer = LoopTimer()
        await withTaskCancellationHandler {
            await withCheckedContinuation { timer.begin($0, duration) }
        } onCancel: {
            timer.end()?.cancel()
        }
    }

    private func begin(_ continuation: CheckedContinuation<Void, Never>, _ duration: Duration) {
        let isOver = state.withLock { state in
            if !state.isOver { state.continuation = continuation }
            return state.isOver
        }
        guard !isOver else { return continuation.resume() }
        let (seconds, attoseconds) = duration.components
        let nanoseconds = min(max(0, seconds), 86_400) * 1_000_000_000 + max(0, attoseconds) / 1_000_000_000
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: .nanoseconds(nanoseconds)) { [self] in
            _ = end()
        }
        let isLate = state.withLock { state in
            if !state.isOver { state.timer = timer }
            return state.isOver
        }
        if isLate { timer.cancel() }
    }

    /// Ends the wait, once.
    ///
    /// - Returns: The timer that is still set.
    private func end() -> Scheduled<Void>? {
        let (continuation, timer) = state.withLock { state in
            defer { state = State(isOver: true) }
            return (state.continuation, state.timer)
        }
        continuation?.resume()
        return timer
    }
}

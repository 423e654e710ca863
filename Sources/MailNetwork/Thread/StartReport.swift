internal import Foundation
internal import Synchronization

/// How a thread tells the one who started it that it is ready, or why not.
final class StartReport<Failure: Error>: Sendable {
    private let failure = Mutex<Failure?>(nil)
    private let reported = DispatchSemaphore(value: 0)

    /// Reports; call it once, on the new thread.
    ///
    /// - Parameter error: Why the thread cannot work, nil when it is ready.
    func report(_ error: Failure?) {
        failure.withLock { $0 = error }
        reported.signal()
    }

    /// Waits for the report: a thread reports before it does anything that could take long.
    ///
    /// - Returns: Why the thread cannot work, nil when it is ready.
    func wait() -> Failure? {
        reported.wait()
        return failure.withLock { $0 }
    }
}

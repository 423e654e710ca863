import CProcess
import Dispatch
import Glibc
internal import Synchronization

/// A thread that somebody owns and waits for.
///
/// c-ares and libcurl handles belong to one thread for life. SIGPIPE is blocked on it: c-ares writes to TCP sockets
/// with `writev`, and libcurl under `CURLOPT_NOSIGNAL` leaves the signal to its caller, so a server that hangs up
/// could otherwise end the whole process.
final class OwnedThread: Sendable {
    private let ended = DispatchSemaphore(value: 0)

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: What debuggers show; at most 15 octets are kept.
    ///   - body: What runs on the thread.
    init(name: String, body: @escaping @Sendable () -> Void) {
        let work = Work { [ended] in
            var pipeSignal = sigset_t()
            sigemptyset(&pipeSignal)
            sigaddset(&pipeSignal, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
            mc_name_thread(String(name.prefix(15)))
            body()
            ended.signal()
        }
        let handed = Unmanaged.passRetained(work)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { handed in
                handed.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue() }?.run()
                return nil
            }, handed.toOpaque())
        guard code != 0 else {
            pthread_detach(thread)
            return
        }
        // Where the system has no thread left, one that is shared does it: whoever waits must not wait for ever.
        handed.release()
        DispatchQueue.global().async { work.run() }
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Waits until the body has returned. Call it once, after asking the body to return, never on the thread itself.
    func join() { ended.wait() }
}

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

/// Work that keeps a processor busy for long, such as PBKDF2 with a server's count of rounds: it runs on threads of its
/// own, so that the few threads on which all tasks live stay free.
public enum HeavyWork {
    private static let queue = DispatchQueue(label: "mail-heavy-work", attributes: .concurrent)

    /// Does the work on a thread of its own.
    ///
    /// - Parameter work: What keeps busy. It runs to its end: cancelling the task does not stop it.
    /// - Returns: Its result.
    public static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}

extension Duration {
    /// The time in whole milliseconds for a C function: rounded up, so that nothing wakes just before it is due; never
    /// negative, and at most what an `int` holds.
    var roundedUpMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard self > .zero else { return 0 }
        guard seconds < Int64(Int32.max / 1_000) else { return .max }
        let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: seconds * 1_000 + fraction)
    }
}

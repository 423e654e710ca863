internal import Foundation

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
        let thread = Thread { [ended] in
            var pipeSignal = sigset_t()
            sigemptyset(&pipeSignal)
            sigaddset(&pipeSignal, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &pipeSignal, nil)
            body()
            ended.signal()
        }
        thread.name = String(name.prefix(15))
        thread.start()
    }

    /// Waits until the body has returned. Call it once, after asking the body to return, never on the thread itself.
    func join() { ended.wait() }
}

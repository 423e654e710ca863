import Glibc
import MailQueue
import Synchronization

/// Shows on standard error what a worker does: one line that is written over where a person watches, else a line every half a
/// minute in which something was done.
final class WorkerDisplay: Sendable {
    private struct State {
        var shown = ContinuousClock.now - .seconds(3_600)
        var done = 0
        var isLine = false
    }

    private let isQuiet: Bool
    private let isWatched = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    /// Says something on a line of its own.
    func say(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            let clear = state.isLine ? "\r\u{1B}[K" : ""
            state.isLine = false
            StandardError.write("\(clear)mailconnect worker: \(text)\n")
        }
    }

    /// Shows the load.
    func show(_ load: WorkerLoad) {
        guard !isQuiet else { return }
        state.withLock { state in
            let pause: Duration = isWatched ? .milliseconds(200) : .seconds(30)
            guard .now - state.shown >= pause, isWatched || load.done != state.done else { return }
            state.shown = .now
            state.done = load.done
            let words = "\(load.done) rows answered, \(load.inFlight) under way"
            state.isLine = isWatched
            StandardError.write(isWatched ? "\r\u{1B}[K\(words)" : "mailconnect worker: \(words)\n")
        }
    }

    /// Leaves the line as it is.
    func end() {
        state.withLock { state in
            if state.isLine { StandardError.write("\n") }
            state.isLine = false
        }
    }
}

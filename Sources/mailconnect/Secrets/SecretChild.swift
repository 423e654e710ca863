import FoundationEssentials
import Glibc
import Synchronization

/// The program that runs for a secret, with all that it started: a process group of its own, so that nothing of it is left
/// when this program ends first. While it runs the terminal is its own too: it may ask for a passphrase.
enum SecretChild {
    private enum State {
        case none
        /// It is being started: its process group is not known yet.
        case starting
        case running(group: pid_t, terminal: TerminalLoan?)
    }

    private static let state = Mutex(State.none)

    /// Notes that it is about to be started: whoever ends this program now has to wait until it can be ended too.
    static func starts() { state.withLock { $0 = .starting } }

    /// Notes that it runs, and lends it the terminal.
    ///
    /// - Parameter group: Its process group.
    static func began(_ group: pid_t) {
        state.withLock { $0 = .running(group: group, terminal: TerminalLoan(to: group)) }
    }

    /// Whether it has the terminal, and so the keys that interrupt.
    static var hasTerminal: Bool {
        state.withLock { state in
            if case .running(_, .some) = state { true } else { false }
        }
    }

    /// Takes the terminal back from a program that has ended.
    static func ended() {
        state.withLock { state in
            if case .running(_, let terminal) = state { terminal?.takeBack() }
            state = .none
        }
    }

    /// Ends it with everything that it started; nothing happens where none runs. One that is being started is waited for,
    /// for two seconds at most.
    ///
    /// - Parameter waits: Whether one may be about to start; false for who knows that it is not.
    static func end(waits: Bool = true) {
        for _ in 0..<200 {
            let isKnown = state.withLock { state in
                if waits, case .starting = state { return false }
                if case .running(let group, let terminal) = state {
                    terminal?.takeBack()
                    Self.end(group: group)
                }
                state = .none
                return true
            }
            if isKnown { return }
            usleep(10_000)
        }
    }

    /// Asks a process group to end, and makes it a little later.
    static func end(group: pid_t) {
        guard kill(-group, SIGTERM) == 0 else { return }
        // One that was stopped for reading from the terminal ends only when it goes on.
        _ = kill(-group, SIGCONT)
        guard !isGone(group) else { return }
        _ = kill(-group, SIGKILL)
        _ = isGone(group)
    }

    /// Whether nothing of a process group is left within a fifth of a second.
    private static func isGone(_ group: pid_t) -> Bool {
        for _ in 0..<20 {
            usleep(10_000)
            guard kill(-group, 0) == 0 else { return true }
        }
        return false
    }
}

/// The terminal, lent to a process group: who is not in the foreground may not read from it (termios(3)).
struct TerminalLoan {
    private let terminal: Int32
    private var settings: termios

    /// Lends it; nil where there is no terminal, or it is not ours to lend.
    init?(to group: pid_t) {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        var settings = termios()
        guard tcgetpgrp(terminal) == getpgrp(), tcgetattr(terminal, &settings) == 0 else {
            close(terminal)
            return nil
        }
        self.terminal = terminal
        self.settings = settings
        // Whoever is in the background and takes the terminal back would be stopped.
        signal(SIGTTOU, SIG_IGN)
        _ = tcsetpgrp(terminal, group)
        // It may have asked before it was allowed to.
        _ = kill(-group, SIGCONT)
    }

    /// Takes it back, with the settings that it had: a program that was ended may have hidden what is typed.
    func takeBack() {
        var settings = settings
        _ = tcsetpgrp(terminal, getpgrp())
        _ = tcsetattr(terminal, TCSANOW, &settings)
        close(terminal)
    }
}

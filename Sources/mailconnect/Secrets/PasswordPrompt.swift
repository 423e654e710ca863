import FoundationEssentials
import Glibc
import MailModel
import Synchronization

/// Asks a person for a password without showing what is typed.
enum PasswordPrompt {
    /// Whether there is a person to ask.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks; nil when nothing was typed.
    static func ask(_ question: String) throws(CommandFailure) -> Secret? {
        StandardError.write(question)
        EchoGuard.hide()
        let line = readLine(strippingNewline: true)
        EchoGuard.restore()
        StandardError.write("\n")
        guard let line, !line.isEmpty else { return nil }
        guard line.utf8.count <= SecretFile.maximumLength else {
            throw CommandFailure(.badInput, .badSecret, "the password is too long")
        }
        return Secret(line)
    }
}

/// Switches the terminal's echo off and on again, also when the program is interrupted in between.
enum EchoGuard {
    private static let saved = Mutex<termios?>(nil)

    static func hide() {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        let before = settings
        saved.withLock { $0 = before }
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    }

    static func restore() {
        saved.withLock { saved in
            guard var settings = saved else { return }
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            saved = nil
        }
    }
}

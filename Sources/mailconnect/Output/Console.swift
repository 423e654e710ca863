import ArgumentParser
import FoundationEssentials
import Glibc
import MailJSON
import MailModel
import MailReport

/// Standard output and error, and what they can show.
struct Console: Sendable {
    /// Whether colour may be used on standard output.
    let colour: Bool
    /// Whether a person watches standard error.
    let watched: Bool
    /// Columns to write in.
    let width: Int

    init(noColor: Bool) {
        let environment = ProcessInfo.processInfo.environment
        let plain = noColor || !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        colour = isatty(STDOUT_FILENO) == 1 && !plain
        watched = isatty(STDERR_FILENO) == 1
        width = Self.columns
    }

    /// Whether marks beyond ASCII can be shown.
    var unicode: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        return isatty(STDOUT_FILENO) == 1 && locale.uppercased().replacing("-", with: "").hasSuffix("UTF8")
    }

    /// Writes a text to standard output, whole.
    ///
    /// - Returns: False when the reader has closed its end (`| head`): that is its choice, and no failure.
    /// - Throws: `CommandFailure` when it cannot be written.
    @discardableResult
    func print(_ text: String) throws(CommandFailure) -> Bool {
        let octets = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
            } else if count < 0, errno == EAGAIN {
                var state = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                _ = poll(&state, 1, -1)
            } else if errno == EPIPE {
                return false
            } else if errno != EINTR {
                throw CommandFailure(
                    .outputFailed, .outputNotWritable,
                    "standard output could not be written: \(String(cString: strerror(errno)))")
            }
        }
        return true
    }

    /// Says something on standard error, on a line of its own.
    static func say(_ text: String) {
        StandardError.write("mailconnect: \(text)\n")
    }

    /// Tells a failure on standard error, and where a program is the reader on standard output as well.
    static func tell(_ failure: CommandFailure, as layout: JSONWriter.Layout?) {
        say(failure.description)
        guard let layout, failure.status.isFailure else { return }
        _ = try? Console(noColor: true).print(CommandFailure.json.write(failure).rendered(layout))
    }

    /// Runs a command's body; what it comes to is the exit status.
    static func run(_ body: () async throws -> ExitStatus) async throws {
        let status = try await body()
        if status != .ready { throw status.code }
    }

    /// The width of the terminal within sane limits, 80 when there is none.
    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(max(Int(size.ws_col), 60), 100)
    }
}

internal import Glibc
internal import MailModel

/// Reads a file, a pipe or standard input: up to a limit, and until a time. A pipe that nobody writes to is not waited for
/// any longer, and neither is its opening.
package struct BoundedInput {
    /// Why there is nothing.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        /// There is no such file.
        case missing
        /// It cannot be opened or read, with the system's reason.
        case unreadable(String)
        /// It has more octets than are taken.
        case tooLong(limit: Int)
        /// Not all of it came in time.
        case late(seconds: Double)

        package var description: String {
            switch self {
            case .missing: "there is no such file"
            case .unreadable(let reason): "it cannot be read: \(reason)"
            case .tooLong(let limit): "it has more than \(limit) octets"
            case .late(let seconds): "nothing more came within \(Int(seconds.rounded(.up))) seconds (--timeout)"
            }
        }
    }

    /// The most octets that are taken.
    package let limit: Int
    /// The seconds that all of it may take; nil for as long as a person takes to type.
    package let seconds: Double?

    /// Names the limits.
    ///
    /// - Parameters:
    ///   - limit: The most octets that are taken.
    ///   - seconds: The seconds that all of it may take; nil for as long as a person takes to type.
    package init(limit: Int, seconds: Double?) {
        self.limit = limit
        self.seconds = seconds
    }

    /// Reads a file.
    ///
    /// - Parameter path: Its path; `-` is standard input.
    /// - Returns: What it holds, whole.
    /// - Throws: `Failure`.
    package func octets(of path: String) throws(Failure) -> [UInt8] {
        guard path != "-" else {
            // A person at the terminal is not hurried.
            return try octets(from: STDIN_FILENO, seconds: isatty(STDIN_FILENO) == 1 ? nil : seconds)
        }
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(Self.words(errno)) }
        defer { close(file) }
        return try octets(from: file, seconds: seconds)
    }

    private func octets(from file: Int32, seconds: Double?) throws(Failure) -> [UInt8] {
        let begin = ContinuousClock.now
        var result: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        // It may be a password that was read.
        defer { Secret.wipe(&part) }
        while result.count <= limit {
            try wait(file, until: seconds.map { begin + .seconds($0) })
            let count = part.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0 {
                guard errno == EAGAIN || errno == EINTR else { throw .unreadable(Self.words(errno)) }
                continue
            }
            result += part.prefix(count)
        }
        throw .tooLong(limit: limit)
    }

    /// Waits until something can be read, or the end.
    private func wait(_ file: Int32, until deadline: ContinuousClock.Instant?) throws(Failure) {
        var state = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        while true {
            let left = deadline.map { $0 - .now }
            if let left, left <= .zero, let seconds { throw .late(seconds: seconds) }
            let milliseconds = left.map { Int32(clamping: Int64(($0 / .milliseconds(1)).rounded(.up))) } ?? -1
            let count = poll(&state, 1, milliseconds)
            if count > 0 { return }
            if count < 0, errno != EINTR { throw .unreadable(Self.words(errno)) }
        }
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension BoundedInput {
    /// Reads a file, and tells a failure as what it is for a person and for a script.
    ///
    /// - Parameters:
    ///   - path: Its path; `-` is standard input.
    ///   - id: What it is called when it is there and cannot be used.
    ///   - field: The argument or option that named it.
    /// - Returns: What it holds, whole.
    /// - Throws: `CommandFailure`.
    package func data(of path: String, _ id: CommandFailure.ID, _ field: String) throws(CommandFailure) -> [UInt8] {
        do throws(Failure) {
            return try octets(of: path)
        } catch {
            let shown = path == "-" ? "standard input" : ServerText(path).escaped
            switch error {
            case .missing:
                throw CommandFailure(.noInputFile, .noSuchFile, "no such file: \(shown)", field: field)
            case .unreadable:
                throw CommandFailure(.noInputFile, id, "\(shown): \(error)", field: field)
            case .tooLong, .late:
                throw CommandFailure(.badInput, id, "\(shown): \(error)", field: field)
            }
        }
    }
}

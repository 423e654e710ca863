import FoundationEssentials
import Glibc
import MailBatch
import MailModel
import MailNetwork
import Synchronization

/// The rows of a file, read as they are needed.
final class FileRows: BatchSource {
    private struct State {
        var reader: RowReader
        var isOver = false
        var octets = 0
        var kept: [InputItem] = []
    }

    private let file: Int32
    private let shown: String
    private let isStopped = Mutex(false)
    private let state: Mutex<State>
    /// How long nothing may come; nil for as long as a person takes to type.
    private let patience: Duration?
    /// Octets of the file; nil for what has no size, such as a pipe.
    let size: Int?

    /// The octets that are read at once.
    private static let part = 65_536

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - options: What is said about it besides.
    ///   - timeout: The seconds that nothing may come.
    /// - Throws: `CommandFailure`.
    init(_ path: String, _ options: RowReader.Options, timeout: Double) throws(CommandFailure) {
        shown = path == "-" ? "standard input" : ServerText(path).escaped
        state = Mutex(State(reader: RowReader(options)))
        guard path != "-" else {
            file = STDIN_FILENO
            size = nil
            patience = isatty(STDIN_FILENO) == 1 ? nil : .seconds(timeout)
            return
        }
        patience = .seconds(timeout)
        // A pipe is not waited for when it is opened.
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard file >= 0 else {
            throw CommandFailure(
                .noInputFile, .noSuchFile,
                errno == ENOENT || errno == ENOTDIR
                    ? "no such file: \(shown)" : "\(shown) cannot be read: \(String(cString: strerror(errno)))",
                field: "file")
        }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(file)
            throw CommandFailure(.noInputFile, .noSuchFile, "\(shown) is a folder", field: "file")
        }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit { if file != STDIN_FILENO { close(file) } }

    /// The next rows; reading waits off the threads that others need.
    func next() async throws -> [InputItem]? {
        try await HeavyWork.run { Result { try self.read() } }.get()
    }

    /// No more is read: whoever waits for a pipe gets nothing, which is not the end of it.
    func stop() { isStopped.withLock { $0 = true } }

    /// Waits until something can be read; false when no more is wanted.
    private func isReadable() throws(CommandFailure) -> Bool {
        var state = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        let begin = ContinuousClock.now
        while !isStopped.withLock({ $0 }) {
            let count = poll(&state, 1, 200)
            if count > 0 || (count < 0 && errno != EINTR) { return true }
            guard let patience, ContinuousClock.now - begin > patience else { continue }
            let seconds = Int((patience / .seconds(1)).rounded(.up))
            throw CommandFailure(
                .badInput, .badInput, "\(shown): nothing more came within \(seconds) seconds (--timeout)",
                field: "file")
        }
        return false
    }

    /// How many rows there will be, as far as that can be told by now.
    func expected(read rows: Int) -> Int? {
        let octets = state.withLock { $0.octets }
        guard let size, octets > 0 else { return nil }
        return octets >= size ? rows : max(rows, Int(Double(rows) * Double(size) / Double(octets)))
    }

    /// The columns; nil before anything was read.
    var columns: ColumnMap? { state.withLock { $0.reader.columns } }
    /// The names of the columns that may be written again.
    var shownHeaders: [String] { state.withLock { $0.reader.shownHeaders } }

    /// Reads until the columns are known, so that what is wrong with the file as a whole is told before anything is done.
    func readBeginning() throws {
        while columns == nil, let items = try read() { state.withLock { $0.kept += items } }
    }

    private func read() throws -> [InputItem]? {
        let kept = state.withLock { state in
            defer { state.kept = [] }
            return state.kept
        }
        if !kept.isEmpty { return kept }
        guard !state.withLock({ $0.isOver }) else { return nil }
        var part = [UInt8](repeating: 0, count: Self.part)
        // Passwords go through here.
        defer { Secret.wipe(&part) }
        while true {
            guard try isReadable() else { return [] }
            let count = part.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else {
                throw CommandFailure(
                    .noInputFile, .badInput, "\(shown) cannot be read: \(String(cString: strerror(errno)))",
                    field: "file")
            }
            return try state.withLock { state in
                state.octets += count
                do throws(InputProblem) {
                    if count > 0 { return try state.reader.feed(Array(part.prefix(count))) }
                    state.isOver = true
                    return try state.reader.finish()
                } catch {
                    throw CommandFailure(
                        .badInput, .badInput, "\(shown), \(error)", field: error.field, line: error.line)
                }
            }
        }
    }
}

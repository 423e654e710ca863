import FoundationEssentials
import Glibc
import MailModel

/// A file that an option names for output. It is looked at before the run; what stands there is replaced whole or not at
/// all and keeps its mode, and only a plain file is replaced: into a device, a pipe, or what a link leads to, the octets are
/// written, and a socket or a disk is refused.
final class OutputFile: Sendable {
    /// How it will be written.
    private enum Way {
        /// Nothing is there yet.
        case new
        /// A plain file is there.
        case replacing(stat)
        /// It is open: a device, a pipe, what a link leads to, a file with further names, or one in a folder that is
        /// closed to us.
        case through(Int32)
    }

    private let path: String
    private let option: String
    private let way: Way
    /// The seconds that a pipe's reader may take.
    private let patience = 30

    /// Looks at what is there, and changes nothing.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - option: The option that named it, without dashes.
    /// - Throws: `CommandFailure` when it cannot be written there.
    init(_ path: String, option: String) throws(CommandFailure) {
        self.path = path
        self.option = option
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT, !path.isEmpty, !path.hasSuffix("/") else {
                throw Self.refusal(path, option, errno)
            }
            guard access(Self.folder(of: path), W_OK | X_OK) == 0 else { throw Self.refusal(path, option, errno) }
            way = .new
            return
        }
        guard ![S_IFSOCK, S_IFBLK].contains(status.st_mode & S_IFMT) else { throw Self.refusal(path, option, EINVAL) }
        let isPlain = status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1
        if isPlain, access(Self.folder(of: path), W_OK | X_OK) == 0 {
            guard access(path, W_OK) == 0 else { throw Self.refusal(path, option, errno) }
            way = .replacing(status)
        } else {
            way = .through(try Self.opened(path, option))
        }
    }

    deinit { if case .through(let file) = way { close(file) } }

    /// Writes it.
    ///
    /// - Parameter text: What it is to hold.
    /// - Throws: `CommandFailure`; what stood in a plain file before then still stands there.
    func write(_ text: String) throws(CommandFailure) {
        let octets = Array(text.utf8)
        let code: Int32
        switch way {
        case .new: code = replace(octets, nil)
        case .replacing(let before): code = replace(octets, before)
        case .through(let file):
            var status = stat()
            let isFile = fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            if isFile, ftruncate(file, 0) != 0 { throw failure(errno) }
            code = Self.write(octets, to: file, patience)
        }
        guard code == 0 else { throw failure(code) }
    }

    /// Writes it in parts, as they are made.
    ///
    /// - Parameter body: Is handed what takes a part.
    /// - Throws: `CommandFailure`, and what the body throws; what stood in a plain file before then still stands there.
    func write(parts body: ((String) throws -> Void) async throws -> Void) async throws {
        let before: stat?
        switch way {
        case .new: before = nil
        case .replacing(let status): before = status
        case .through:
            var text = ""
            try await body { text += $0 }
            return try write(text)
        }
        let part = partName
        let file = Self.created(part, before)
        guard file >= 0 else { throw failure(errno) }
        var code: Int32 = 0
        do {
            try await body { text in
                code = Self.write(Array(text.utf8), to: file, patience)
                if code != 0 { throw failure(code) }
            }
        } catch {
            _ = settle(part, file, before, code == 0 ? EIO : code)
            throw error
        }
        code = settle(part, file, before, 0)
        guard code == 0 else { throw failure(code) }
    }

    /// Opens it to be written as things happen: what stood in it is gone, and what is written stays whatever follows.
    ///
    /// - Returns: What takes a part.
    /// - Throws: `CommandFailure`.
    func stream() throws(CommandFailure) -> OutputStream {
        if case .through(let file) = way {
            let copy = fcntl(file, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw failure(errno) }
            var status = stat()
            if fstat(copy, &status) == 0, status.st_mode & S_IFMT == S_IFREG { _ = ftruncate(copy, 0) }
            return OutputStream(copy, failure: failure, patience: patience)
        }
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw failure(errno) }
        return OutputStream(file, failure: failure, patience: patience)
    }

    /// A file that is written as things happen.
    final class OutputStream: Sendable {
        private let file: Int32
        private let failure: @Sendable (Int32) -> CommandFailure
        private let patience: Int

        fileprivate init(_ file: Int32, failure: @escaping @Sendable (Int32) -> CommandFailure, patience: Int) {
            self.file = file
            self.failure = failure
            self.patience = patience
        }

        deinit { close(file) }

        /// Writes a part, whole.
        func write(_ text: String) throws(CommandFailure) {
            let code = OutputFile.write(Array(text.utf8), to: file, patience)
            guard code == 0 else { throw failure(code) }
        }
    }

    /// Writes a file beside it and moves that into its place, if what is there is still what was seen.
    private func replace(_ octets: [UInt8], _ before: stat?) -> Int32 {
        let part = partName
        let file = Self.created(part, before)
        guard file >= 0 else { return errno }
        return settle(part, file, before, Self.write(octets, to: file, patience))
    }

    /// The name of a file beside it.
    private var partName: String {
        let name = URL(fileURLWithPath: path).lastPathComponent
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        return "\(Self.folder(of: path))/.\(name.prefix(100)).\(random)"
    }

    private static func created(_ part: String, _ before: stat?) -> Int32 {
        open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, before == nil ? 0o666 : 0o600)
    }

    /// Gives the file beside it the owner and mode of what is there, and moves it into its place; it goes when something failed.
    private func settle(_ part: String, _ file: Int32, _ before: stat?, _ written: Int32) -> Int32 {
        var code = written
        if code == 0, let before {
            // The owner first: changing it takes some bits of the mode away. Who may not change it keeps the file as theirs.
            _ = fchown(file, before.st_uid, before.st_gid)
            if fchmod(file, before.st_mode & 0o7777) != 0 { code = errno }
        }
        if close(file) != 0, code == 0 { code = errno }
        if code == 0 { code = move(part, before) }
        if code != 0 { unlink(part) }
        return code
    }

    private func move(_ part: String, _ before: stat?) -> Int32 {
        var now = stat()
        let isThere = lstat(path, &now) == 0
        guard let before else {
            guard !isThere else { return EEXIST }
            if link(part, path) == 0 {
                unlink(part)
                return 0
            }
            // A file system without links; what came up in between is gone then.
            guard errno != EEXIST else { return EEXIST }
            return rename(part, path) == 0 ? 0 : errno
        }
        guard isThere, now.st_dev == before.st_dev, now.st_ino == before.st_ino else { return EEXIST }
        return rename(part, path) == 0 ? 0 : errno
    }

    /// Opens what is to be written into; nothing is created, emptied or waited for.
    private static func opened(_ path: String, _ option: String) throws(CommandFailure) -> Int32 {
        let file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw refusal(path, option, errno) }
        var status = stat()
        guard fstat(file, &status) == 0, [S_IFREG, S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT) else {
            close(file)
            throw refusal(path, option, EINVAL)
        }
        return file
    }

    /// Writes all of it; a code of the system when that fails.
    static func write(_ octets: [UInt8], to file: Int32, _ patience: Int) -> Int32 {
        var written = 0
        let end = ContinuousClock.now + .seconds(patience)
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
            } else if count < 0, errno == EAGAIN {
                var state = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                guard ContinuousClock.now < end else { return ETIMEDOUT }
                _ = poll(&state, 1, 500)
            } else if count == 0 || errno != EINTR {
                return count == 0 ? EIO : errno
            }
        }
        return 0
    }

    @Sendable private func failure(_ code: Int32) -> CommandFailure {
        CommandFailure(
            .outputFailed, .outputNotWritable,
            "\(ServerText(path)) could not be written: \(Self.words(code)) (--\(option))", field: option)
    }

    private static func refusal(_ path: String, _ option: String, _ code: Int32) -> CommandFailure {
        CommandFailure(
            .usage, .outputNotWritable,
            "nothing can be written to \(path.isEmpty ? "a file without a name" : ServerText(path).escaped): \(words(code)) (--\(option))",
            field: option)
    }

    private static func words(_ code: Int32) -> String {
        switch code {
        case EEXIST: "something else came up in its place"
        case EINVAL: "it is neither a file nor a pipe"
        case ENXIO: "nobody reads there"
        default: String(cString: strerror(code))
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

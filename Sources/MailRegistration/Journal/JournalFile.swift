import FoundationEssentials
import Glibc
import MailModel

/// Makes the journal's file and folder readable for nobody but their owner, before SQLite sees them.
///
/// What is there already and is no journal is not touched: no mode changes, and nothing comes up beside it.
enum JournalFile {
    /// `MCJ1`: SQLite files of others have another number, or none.
    static let applicationID: UInt32 = 0x4D43_4A31

    /// Prepares the file.
    ///
    /// SQLite gives the files beside it (`-wal`, `-shm`) the permissions of this one.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - makesFolder: Whether a missing folder is made, for its owner alone.
    /// - Throws: `JournalError` when that cannot be done.
    static func prepare(_ path: String, makesFolder: Bool) throws(JournalError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if makesFolder { try make(folder) }
        let file = try opened(path)
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw refusal(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw JournalError(.cannotOpen, "the journal \(ServerText(path)) is no regular file")
        }
        if status.st_size > 0, let stranger = stranger(file, path) {
            throw JournalError(stranger, "\(ServerText(path)) is no journal of ours; it was left as it is")
        }
        if makesFolder { shut(folder: folder) }
        guard status.st_mode & 0o077 != 0 else { return }
        guard fchmod(file, 0o600) == 0 else { throw refusal(path, errno) }
    }

    /// Opens what is there without waiting for it, or makes a new file. A link that leads nowhere is not followed.
    private static func opened(_ path: String) throws(JournalError) -> Int32 {
        for _ in 0..<2 {
            let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
            if file >= 0 { return file }
            guard errno == ENOENT else { break }
            let new = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if new >= 0 { return new }
            // Another process was faster, or it is such a link.
            guard errno == EEXIST else { break }
        }
        throw refusal(path, errno)
    }

    // MARK: - Whose file it is (SQLite's file format, section 1.3)

    /// What a file that is no journal is told as: another file was named by mistake, or one of the same kind; nil for a journal.
    private static func stranger(_ file: Int32, _ path: String) -> JournalError.Code? {
        guard let head = octets(file, at: 0, count: 100), head.starts(with: Array("SQLite format 3\0".utf8)) else {
            return .cannotOpen
        }
        let application = number(head, at: 68)
        return application == applicationID || (application == 0 && logNamesIt(path + "-wal")) ? nil : .notAJournal
    }

    /// Whether the log beside it holds the first page of a journal: whoever made it was ended before that page was moved
    /// into the file (section 4).
    private static func logNamesIt(_ path: String) -> Bool {
        let log = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        guard log >= 0 else { return false }
        defer { close(log) }
        guard let head = octets(log, at: 0, count: 32), number(head, at: 0) & 0xFFFF_FFFE == 0x377F_0682 else {
            return false
        }
        let page = Int(number(head, at: 8))
        guard (512...65_536).contains(page) else { return false }
        for frame in 0..<1_000 {
            guard let octets = octets(log, at: 32 + frame * (24 + page), count: 24 + 72) else { return false }
            if number(octets, at: 0) == 1, number(octets, at: 24 + 68) == applicationID { return true }
        }
        return false
    }

    private static func octets(_ file: Int32, at offset: Int, count: Int) -> [UInt8]? {
        var result = [UInt8](repeating: 0, count: count)
        let read = result.withUnsafeMutableBytes { pread(file, $0.baseAddress, count, off_t(offset)) }
        return read == count ? result : nil
    }

    private static func number(_ octets: [UInt8], at place: Int) -> UInt32 {
        octets[place..<(place + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: - The folder

    private static func make(_ folder: String) throws(JournalError) {
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        if parent != folder { try make(parent) }
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw refusal(folder, errno) }
    }

    /// The folder is ours alone by its name, and somebody may have made it with other permissions. One that is a link leads
    /// to a folder of somebody's own.
    private static func shut(folder path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        var status = stat()
        guard fstat(folder, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o077 != 0 else { return }
        _ = fchmod(folder, 0o700)
    }

    private static func refusal(_ path: String, _ code: Int32) -> JournalError {
        let isFull = [ENOSPC, EDQUOT].contains(code)
        return JournalError(
            isFull ? .noSpace : .cannotOpen,
            "the journal \(ServerText(path)) cannot be opened: \(String(cString: strerror(code)))")
    }
}

import FoundationEssentials
import Glibc
import MailModel
import MailSQLite

/// Opens the SQLite file that remembers a batch, for its owner alone.
enum StateFile {
    /// `MCB1`.
    private static let applicationID = 0x4D43_4231
    private static let version = 1

    /// Opens it, and makes it when there is none. What is there and is something else is left as it is.
    ///
    /// - Parameter path: The file.
    /// - Returns: The database, locked against other processes.
    /// - Throws: `BatchStateError`.
    static func open(_ path: String) throws(BatchStateError) -> SQLiteQueue {
        try prepare(path)
        do {
            let queue = try SQLiteQueue(path: path, patience: .seconds(2))
            try queue.sync { database in
                // One batch for one file: a second one that worked beside would send the same logins.
                try database.execute("PRAGMA locking_mode = EXCLUSIVE")
                try database.transaction(exclusive: true) {
                    try migrate(database, path)
                    return .commit
                }
                try database.execute("PRAGMA journal_mode = WAL")
                // Whatever kills the process, what was committed is in the file; only a power cut may lose the last moment.
                try database.execute("PRAGMA synchronous = NORMAL")
                // Rows come in the order of their secret tags, and bear their reports: with the usual 2 MB most pages are read
                // again and again, and with 4 MB of log most are written into the file many times.
                try database.execute("PRAGMA cache_size = -8000")
                try database.execute("PRAGMA wal_autocheckpoint = 4000")
            }
            return queue
        } catch {
            throw failure(error, path)
        }
    }

    /// What an error of SQLite means. Statements and their arguments are no part of the words.
    static func failure(_ error: any Error, _ path: String) -> BatchStateError {
        if let error = error as? BatchStateError { return error }
        let name = "the state file \(ServerText(path))"
        guard let error = error as? SQLiteError else { return BatchStateError(.failed, "\(name) failed") }
        let words = ServerText(error.message).escaped
        return switch error.kind {
        case .busy: BatchStateError(.busy, "\(name) is in use: another batch works on it")
        case .full: BatchStateError(.noSpace, "\(name) cannot be written: the disk is full")
        case .damaged: BatchStateError(.notAState, "\(name) is damaged: \(words)")
        case .inaccessible:
            BatchStateError(.cannotOpen, "\(name) cannot be opened: \(words)")
        case .other: BatchStateError(.failed, "\(name) failed: \(words)")
        }
    }

    /// Makes the file so that only its owner can read it, before SQLite sees it. SQLite gives the files beside it the same mode.
    private static func prepare(_ path: String) throws(BatchStateError) {
        func refusal(_ code: Int32) -> BatchStateError {
            let isFull = [ENOSPC, EDQUOT].contains(code)
            return BatchStateError(
                isFull ? .noSpace : .cannotOpen,
                "the state file \(ServerText(path)) cannot be opened: \(String(cString: strerror(code)))")
        }
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
        guard file >= 0 else { throw refusal(errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw refusal(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw BatchStateError(.cannotOpen, "the state file \(ServerText(path)) is no regular file")
        }
        guard status.st_size == 0 || isSQLite(file) else {
            throw BatchStateError(.notAState, "\(ServerText(path)) is no state of a batch; it was left as it is")
        }
        guard status.st_mode & 0o077 != 0 else { return }
        guard fchmod(file, 0o600) == 0 else { throw refusal(errno) }
    }

    /// Whether the file says at its begin that it is SQLite's, and of ours.
    private static func isSQLite(_ file: Int32) -> Bool {
        var head = [UInt8](repeating: 0, count: 72)
        guard pread(file, &head, head.count, 0) == head.count else { return false }
        let id = head[68..<72].reduce(0) { $0 << 8 | Int($1) }
        return head.starts(with: Array("SQLite format 3\0".utf8)) && (id == applicationID || id == 0)
    }

    private static func migrate(_ database: SQLiteConnection, _ path: String) throws {
        let application = try database.first("PRAGMA application_id")?.integer ?? 0
        let found = try database.first("PRAGMA user_version")?.integer ?? 0
        let tables = try database.first("SELECT count(*) FROM sqlite_schema")?.integer ?? 0
        if application == 0, found == 0, tables == 0 { return try create(database) }
        guard application == applicationID else {
            throw BatchStateError(.notAState, "\(ServerText(path)) is no state of a batch; it was left as it is")
        }
        guard found == version else {
            throw BatchStateError(
                .notAState, "the state file \(ServerText(path)) has format \(found); \(version) is known")
        }
    }

    private static func create(_ database: SQLiteConnection) throws {
        try database.execute(
            """
            CREATE TABLE batch (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL, session INTEGER NOT NULL);
            CREATE TABLE row (
                tag BLOB PRIMARY KEY,
                session INTEGER NOT NULL,
                number INTEGER NOT NULL,
                line INTEGER NOT NULL,
                address TEXT NOT NULL,
                cells TEXT NOT NULL,
                begun INTEGER NOT NULL DEFAULT 0,
                status INTEGER,
                verdict TEXT,
                cause TEXT,
                who TEXT,
                fix TEXT,
                sentence TEXT,
                scope TEXT,
                provider TEXT,
                registration TEXT,
                inbox_id TEXT,
                daily_limit INTEGER,
                report TEXT
            ) WITHOUT ROWID;
            CREATE INDEX row_address ON row (address);
            CREATE INDEX row_number ON row (session, number);
            CREATE TABLE login (
                hash BLOB PRIMARY KEY,
                tag BLOB NOT NULL,
                session INTEGER NOT NULL,
                facts TEXT
            ) WITHOUT ROWID;
            CREATE INDEX login_row ON login (tag);
            """)
        var random = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        try database.execute("INSERT INTO batch (id, key, session) VALUES (1, ?, 0)", [key])
        try database.execute("PRAGMA application_id = \(applicationID)")
        try database.execute("PRAGMA user_version = \(version)")
    }
}

import FoundationEssentials
import Glibc
import MailModel
import MailSQLite

/// Opens the journal's database and knows its format.
enum JournalDatabase {
    private static let version = 1

    /// Opens it, and makes the tables in an empty file.
    ///
    /// - Parameters:
    ///   - path: The file, which is there already.
    ///   - patience: How long another process may hold the file.
    /// - Returns: The queue.
    /// - Throws: `JournalError`.
    static func open(_ path: String, patience: Duration) throws(JournalError) -> SQLiteQueue {
        // Whoever turns WAL on while another process does so is refused at once, whatever the patience: SQLite does not
        // wait for a lock that two want to raise.
        let end = ContinuousClock.now + patience
        while true {
            do throws(JournalError) {
                return try opened(path, patience: max(.zero, end - .now))
            } catch {
                guard error.code == .busy, .now < end else { throw error }
            }
            usleep(pause)
        }
    }

    /// The microseconds between two tries.
    private static let pause: UInt32 = 50_000

    private static func opened(_ path: String, patience: Duration) throws(JournalError) -> SQLiteQueue {
        do {
            let queue = try SQLiteQueue(path: path, patience: patience)
            try queue.sync { database in
                // A commit is on the disk before the request leaves.
                try database.execute("PRAGMA synchronous = FULL")
                try database.execute("PRAGMA secure_delete = ON")
                // In the file itself, before there is a log beside it: so its first page always says whose it is.
                try database.transaction {
                    try migrate(database, path)
                    return .commit
                }
                try database.execute("PRAGMA journal_mode = WAL")
            }
            return queue
        } catch {
            throw failure(error, path)
        }
    }

    /// What an error of SQLite means for the journal. Statements and their arguments are no part of the words.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - path: The file, nil where it is open already.
    /// - Returns: The error to tell.
    static func failure(_ error: any Error, _ path: String? = nil) -> JournalError {
        if let error = error as? JournalError { return error }
        let name = path.map { "the journal \(ServerText($0))" } ?? "the journal"
        guard let error = error as? SQLiteError else { return JournalError(.failed, "\(name) failed") }
        let words = ServerText(error.message).escaped
        return switch error.kind {
        case .busy:
            JournalError(.busy, "\(name) is held by another process")
        case .full: JournalError(.noSpace, "\(name) cannot be written: the disk is full")
        case .damaged: JournalError(.notAJournal, "\(name) is damaged: \(words)")
        case .inaccessible:
            JournalError(.cannotOpen, "\(name) cannot be opened: \(words)")
        case .other: JournalError(.failed, "\(name) failed: \(words)")
        }
    }

    private static func migrate(_ database: SQLiteConnection, _ path: String) throws {
        let application = try database.first("PRAGMA application_id")?.integer ?? 0
        let found = try database.first("PRAGMA user_version")?.integer ?? 0
        let tables = try database.first("SELECT count(*) FROM sqlite_schema")?.integer ?? 0
        if application == 0, found == 0, tables == 0 { return try create(database) }
        guard application == Int64(JournalFile.applicationID) else {
            throw JournalError(.notAJournal, "\(ServerText(path)) is an SQLite file, but no journal of ours")
        }
        guard found == version else {
            throw JournalError(.notAJournal, "the journal \(ServerText(path)) has format \(found); \(version) is known")
        }
    }

    private static func create(_ database: SQLiteConnection) throws {
        try database.execute(
            """
            CREATE TABLE secret (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL);
            CREATE TABLE attempt (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                address TEXT NOT NULL,
                api_base TEXT NOT NULL,
                attempted_at REAL NOT NULL,
                answered_at REAL,
                state TEXT,
                reason TEXT,
                http_status INTEGER,
                inbox_id TEXT,
                overall_status TEXT,
                daily_limit INTEGER,
                created_at REAL,
                settings TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                key_tag TEXT NOT NULL
            );
            CREATE INDEX attempt_account ON attempt (address, api_base);
            CREATE INDEX attempt_time ON attempt (api_base, attempted_at);
            """)
        var random = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        try database.execute("INSERT INTO secret (id, key) VALUES (1, ?)", [key])
        try database.execute("PRAGMA application_id = \(JournalFile.applicationID)")
        try database.execute("PRAGMA user_version = \(version)")
    }
}

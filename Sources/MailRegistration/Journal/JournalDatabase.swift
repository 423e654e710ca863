import Foundation
import GRDB
import MailModel

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
    static func open(_ path: String, patience: Duration) throws(JournalError) -> DatabaseQueue {
        // Whoever turns WAL on while another process does so is refused at once, whatever the patience: SQLite does not
        // wait for a lock that two want to raise.
        let end = ContinuousClock.now + patience
        while true {
            do throws(JournalError) {
                return try opened(path, patience: max(.zero, end - .now))
            } catch {
                guard error.code == .busy, .now < end else { throw error }
            }
            Thread.sleep(forTimeInterval: pause)
        }
    }

    /// The seconds between two tries.
    private static let pause = 0.05

    private static func opened(_ path: String, patience: Duration) throws(JournalError) -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(patience / .seconds(1))
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // A commit is on the disk before the request leaves; GRDB's own choice for WAL is NORMAL.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA secure_delete = ON")
                // In the file itself, before there is a log beside it: so its first page always says whose it is.
                try database.inTransaction(.immediate) {
                    try migrate(database, path)
                    return .commit
                }
                try database.execute(sql: "PRAGMA journal_mode = WAL")
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
        guard let error = error as? DatabaseError else { return JournalError(.failed, "\(name) failed") }
        let words = error.message.map { ServerText($0).escaped } ?? "SQLite error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            JournalError(.busy, "\(name) is held by another process")
        case .SQLITE_FULL: JournalError(.noSpace, "\(name) cannot be written: the disk is full")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: JournalError(.notAJournal, "\(name) is damaged: \(words)")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            JournalError(.cannotOpen, "\(name) cannot be opened: \(words)")
        default: JournalError(.failed, "\(name) failed: \(words)")
        }
    }

    private static func migrate(_ database: Database, _ path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if application == 0, found == 0, tables == 0 { return try create(database) }
        guard application == Int(JournalFile.applicationID) else {
            throw JournalError(.notAJournal, "\(ServerText(path)) is an SQLite file, but no journal of ours")
        }
        guard found == version else {
            throw JournalError(.notAJournal, "the journal \(ServerText(path)) has format \(found); \(version) is known")
        }
    }

    private static func create(_ database: Database) throws {
        try database.execute(
            sql: """
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
        let key = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        try database.execute(sql: "INSERT INTO secret (id, key) VALUES (1, ?)", arguments: [key])
        try database.execute(sql: "PRAGMA application_id = \(JournalFile.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }
}

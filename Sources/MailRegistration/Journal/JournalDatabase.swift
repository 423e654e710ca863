import Foundation
import GRDB
import MailModel

/// Opens the journal's database and knows its format.
enum JournalDatabase {
    /// `MCJ1`: SQLite files of others have another number, or none.
    private static let applicationID = 0x4D43_4A31
    private static let version = 1

    /// How long another process may hold the file.
    private static let patience: TimeInterval = 5

    /// Opens it, and makes the tables in an empty file.
    ///
    /// - Parameter path: The file, which is there already.
    /// - Returns: The queue.
    /// - Throws: `JournalError`.
    static func open(_ path: String) throws(JournalError) -> DatabaseQueue {
        // Whoever turns WAL on while another process does so is refused at once, whatever the patience: SQLite does not
        // wait for a lock that two want to raise.
        let begun = ContinuousClock.now
        while ContinuousClock.now - begun < .seconds(patience) {
            if let queue = try opened(path, isLast: false) { return queue }
            Thread.sleep(forTimeInterval: pause)
        }
        guard let queue = try opened(path, isLast: true) else {
            throw JournalError(.cannotOpen, "the journal \(ServerText(path)) is held by another process")
        }
        return queue
    }

    /// The seconds between two tries.
    private static let pause = 0.05

    /// One try; nil when another process is in the way and this is not the last.
    private static func opened(_ path: String, isLast: Bool) throws(JournalError) -> DatabaseQueue? {
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(patience)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // A commit is on the disk before the request leaves; GRDB's own choice for WAL is NORMAL.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA secure_delete = ON")
            }
            try queue.write { database in try migrate(database, path) }
            return queue
        } catch let error as JournalError {
            throw error
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && !isLast {
            return nil
        } catch {
            throw JournalError(.cannotOpen, "the journal \(ServerText(path)) cannot be opened: \(words(error))")
        }
    }

    /// An error of SQLite in a few words. Statements and their arguments are no part of them.
    static func words(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "it failed" }
        return error.message.map { ServerText($0).escaped } ?? "SQLite error \(error.resultCode.rawValue)"
    }

    private static func migrate(_ database: Database, _ path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if application == 0, found == 0, tables == 0 { return try create(database) }
        guard application == applicationID else {
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
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }
}

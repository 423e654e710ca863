import FoundationEssentials
import MailJSON
public import MailModel
import MailSQLite

/// The tables of a state file: one statement after the other, within a transaction of its caller.
enum RowTable {
    /// Takes a row in. See `BatchState.enter`.
    static func enter(
        _ entry: BatchState.Entry, _ session: Int, _ retry: RetryChoice, _ database: SQLiteConnection,
        _ changed: inout Int
    ) throws -> BatchState.Knowledge {
        let tag = entry.tag
        if let first = try earlier(entry, session, database) { return first }
        let cells = JSONValue.texts(entry.cells).rendered(.compact)
        guard let row = try StateCells.one(database, "SELECT * FROM row WHERE tag = ?", [tag]) else {
            changed += try forgetOthers(entry, session, database)
            try database.execute(
                "INSERT INTO row (tag, session, number, line, address, cells) VALUES (?, ?, ?, ?, ?, ?)",
                [tag, session, entry.number, entry.line, entry.address, cells])
            return .new
        }
        try database.execute(
            "UPDATE row SET session = ?, number = ?, line = ?, cells = ? WHERE tag = ?",
            [session, entry.number, entry.line, cells, tag])
        if var answer = try answer(row) {
            guard retry.covers(answer.status) else {
                answer.place(number: entry.number, line: entry.line)
                return .answered(answer)
            }
            try forget(tag, database)
            return .new
        }
        // What was begun and has no end is tried again only when that is asked for.
        let begun = try row.count("begun")
        if begun != 0 {
            guard retry == .none || begun > 1 else {
                try forget(tag, database)
                return .new
            }
            return .interrupted
        }
        return .new
    }

    /// What finds a row of this session by its address. Left to itself, SQLite takes the index by session, and walks over all
    /// rows that were read so far.
    static let byAddress =
        "SELECT number, line FROM row INDEXED BY row_address WHERE address = ? AND session = ? LIMIT 1"

    /// What forgets rows of earlier sessions with the same address, logins first.
    static let forgettingOthers = [
        """
        DELETE FROM login WHERE tag IN (SELECT tag FROM row INDEXED BY row_address WHERE address = ? AND session < ?)
        """,
        "DELETE FROM row INDEXED BY row_address WHERE address = ? AND session < ?",
    ]

    /// The row of this session that has the same address.
    private static func earlier(
        _ entry: BatchState.Entry, _ session: Int, _ database: SQLiteConnection
    ) throws -> BatchState.Knowledge? {
        guard !entry.address.isEmpty else { return nil }
        let row = try StateCells.one(database, byAddress, [entry.address, session])
        guard let row else { return nil }
        return .duplicate(
            number: try row.count("number"), line: try row.count("line"))
    }

    /// The same address with other contents: what was found out about those says nothing of these.
    private static func forgetOthers(_ entry: BatchState.Entry, _ session: Int, _ database: SQLiteConnection) throws
        -> Int
    {
        guard !entry.address.isEmpty else { return 0 }
        for statement in forgettingOthers { try database.execute(statement, [entry.address, session]) }
        return database.changedRows
    }

    private static func forget(_ tag: [UInt8], _ database: SQLiteConnection) throws {
        try database.execute("DELETE FROM login WHERE tag = ?", [tag])
        try database.execute(
            "UPDATE row SET begun = 0, status = NULL, report = NULL WHERE tag = ?", [tag])
    }

    /// Writes an answer down.
    static func answer(_ tag: [UInt8], _ answer: RowAnswer, _ database: SQLiteConnection) throws {
        try database.execute(
            """
            UPDATE row SET status = ?, verdict = ?, cause = ?, who = ?, fix = ?, sentence = ?, scope = ?, provider = ?,
                registration = ?, inbox_id = ?, daily_limit = ?, report = ? WHERE tag = ?
            """,
            [
                answer.status, answer.verdict?.rawValue, answer.cause, answer.who, answer.fix, answer.sentence,
                answer.scope, answer.provider, answer.registration?.rawValue, answer.inboxID, answer.dailyLimit,
                answer.report, tag,
            ])
    }

    /// A part of the rows, in the order of the file.
    static func rows(
        after number: Int, most: Int, _ session: Int, _ database: SQLiteConnection
    ) throws -> [(number: Int, cells: [String], answer: RowAnswer?)] {
        let rows = try database.rows(
            "SELECT * FROM row WHERE session = ? AND number > ? ORDER BY number LIMIT ?",
            [session, number, most])
        return try rows.map(StateCells.init).map { row in
            let text = try row.text("cells") ?? "[]"
            let cells = try? JSONDescription<[String]>.texts.read(octets: Array(text.utf8))
            return (try row.count("number"), cells ?? [], try answer(row))
        }
    }

    /// How many rows came to the same.
    static func groups(_ session: Int, _ database: SQLiteConnection) throws -> [RowGroup] {
        let rows = try database.rows(
            """
            SELECT status, verdict, cause, who, fix, sentence, scope, provider, registration, count(*) AS rows,
                    count(DISTINCT sentence) AS sentences
            FROM row WHERE session = ? AND status IS NOT NULL
            GROUP BY status, verdict, cause, who, scope, provider, registration
            """, [session])
        return try rows.map(StateCells.init).map { row in
            RowGroup(
                status: try row.count("status"),
                verdict: try row.text("verdict").flatMap { Verdict(rawValue: $0) },
                cause: try row.text("cause"), who: try row.text("who"),
                fix: try row.text("fix"),
                sentence: try row.number("sentences") ?? 1 > 1 ? nil : try row.text("sentence"),
                scope: try row.text("scope"),
                provider: try row.text("provider"),
                registration: try row.text("registration")
                    .flatMap { RegistrationOutcome.Status(rawValue: $0) },
                rows: try row.count("rows"))
        }
    }

    /// Whose earlier login counts for a row.
    struct Trust {
        /// One of this process, of another row with the very same login.
        var ofSession: Bool
        /// One of an earlier process, of the row itself.
        var ofRow: Bool
    }

    /// Grants a login that is new, and writes it down.
    static func claim(
        _ hash: [UInt8], for tag: [UInt8], _ session: Int, _ trust: Trust, _ database: SQLiteConnection
    ) throws -> BatchState.Claim {
        let name = hash
        try database.execute(
            "INSERT OR IGNORE INTO login (hash, tag, session) VALUES (?, ?, ?)",
            [name, tag, session])
        if database.changedRows == 1 {
            try database.execute("UPDATE row SET begun = 1 WHERE tag = ?", [tag])
            return .granted
        }
        guard
            let row = try StateCells.one(database, "SELECT tag, session, facts FROM login WHERE hash = ?", [name]),
            let text = try row.text("facts"),
            let facts = try? LoginFacts.json.read(octets: Array(text.utf8)), facts.isAccepted,
            try row.count("session") == session
                ? trust.ofSession : trust.ofRow && row.octets("tag") == tag
        else { return .refused }
        return .answered(facts)
    }

    private static func answer(_ row: StateCells) throws(BatchStateError) -> RowAnswer? {
        guard let status = try row.number("status") else { return nil }
        func text(_ key: String) throws -> String? { try row.text(key) }
        return RowAnswer(
            number: try row.count("number"), line: try row.count("line"),
            address: try row.text("address") ?? "", status: status,
            verdict: try row.text("verdict").flatMap { Verdict(rawValue: $0) }, cause: try row.text("cause"),
            who: try row.text("who"), fix: try row.text("fix"), sentence: try row.text("sentence"),
            scope: try row.text("scope"),
            provider: try row.text("provider"),
            registration: try row.text("registration").flatMap { RegistrationOutcome.Status(rawValue: $0) },
            inboxID: try row.text("inbox_id"), dailyLimit: try row.number("daily_limit"),
            report: try row.text("report") ?? "{}")
    }
}

/// Rows that came to the same.
public struct RowGroup: Hashable, Sendable {
    /// 0 to 4 or 65.
    public var status: Int
    /// What the checks came to; nil for rows that could not be used.
    public var verdict: Verdict?
    /// The cause.
    public var cause: String?
    /// Who must act.
    public var who: String?
    /// What to do first.
    public var fix: String?
    /// The cause in a sentence; nil where the rows have several.
    public var sentence: String?
    /// Whom one action would help.
    public var scope: String?
    /// The provider's id.
    public var provider: String?
    /// What became of the registrations.
    public var registration: RegistrationOutcome.Status?
    /// How many they are.
    public var rows: Int
}

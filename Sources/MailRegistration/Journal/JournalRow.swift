import FoundationEssentials
import MailModel
import MailSQLite

/// Reads attempts out of the journal's table. A cell can hold anything, whatever its column says (SQLite, "Datatypes").
struct JournalRow {
    private let row: [String: SQLiteValue]

    /// The attempts of an account, the latest first. The base is compared as it is written today: an earlier version wrote
    /// some bases in other ways.
    static func entries(of account: JournalAccount, in database: SQLiteConnection) throws -> [JournalEntry] {
        try entries(address: account.address, in: database).filter { isSame($0.apiBase, account.apiBase) }
    }

    static func entries(address: String?, in database: SQLiteConnection) throws -> [JournalEntry] {
        try database.rows(
            "SELECT * FROM attempt WHERE ?1 IS NULL OR address = ?1 ORDER BY id DESC", [address]
        ).map { try JournalRow(row: $0).entry() }
    }

    /// When requests left for an API since a time.
    static func times(of base: APIBase, since: Date, in database: SQLiteConnection) throws -> [Date] {
        try database.rows(
            "SELECT id, api_base, attempted_at FROM attempt WHERE attempted_at > ? ORDER BY attempted_at",
            [since.timeIntervalSince1970]
        ).map { JournalRow(row: $0) }
            .filter { isSame(try $0.text("api_base") ?? "", base.description) }
            .compactMap { try $0.date("attempted_at") }
    }

    /// Whether two bases are the same one.
    static func isSame(_ written: String, _ base: String) -> Bool {
        written == base || (try? APIBase(written))?.description == base
    }

    private func entry() throws(JournalError) -> JournalEntry {
        // A state that a later version knows is as good as unknown here.
        let state = try text("state").flatMap(JournalEntry.State.init)
        return JournalEntry(
            id: try number("id") ?? 0, address: try text("address") ?? "", apiBase: try text("api_base") ?? "",
            attemptedAt: try date("attempted_at") ?? .distantPast, answeredAt: try date("answered_at"),
            state: state ?? .unknown, reason: try text("reason"), httpStatus: try number("http_status").map(Int.init),
            inboxID: try text("inbox_id"), overallStatus: try text("overall_status"),
            dailyLimit: try number("daily_limit").map(Int.init), createdAt: try date("created_at"),
            settings: SettingsText.fields(try text("settings") ?? "[]"), fingerprint: try text("fingerprint") ?? "",
            keyTag: try text("key_tag") ?? "")
    }

    private func text(_ column: String) throws(JournalError) -> String? {
        switch value(column) {
        case .null: nil
        case .text(let text): text
        case .integer, .real, .blob: throw damage(column)
        }
    }

    private func number(_ column: String) throws(JournalError) -> Int64? {
        switch value(column) {
        case .null: nil
        case .integer(let number): number
        case .real, .text, .blob: throw damage(column)
        }
    }

    /// A time of the years 1 to 9999: others cannot be written.
    private func date(_ column: String) throws(JournalError) -> Date? {
        let seconds: Double
        switch value(column) {
        case .null: return nil
        case .real(let number): seconds = number
        case .integer(let number): seconds = Double(number)
        case .text, .blob: throw damage(column)
        }
        guard (-62_135_596_800.0...253_402_300_799.0).contains(seconds) else { throw damage(column) }
        return Date(timeIntervalSince1970: seconds)
    }

    private func value(_ column: String) -> SQLiteValue { row[column] ?? .null }

    private func damage(_ column: String) -> JournalError {
        let id = value("id").integer.map { " \($0)" } ?? ""
        return JournalError(
            .notAJournal, "the journal is damaged: attempt\(id) holds something else than it should as \(column)")
    }
}

import Foundation
import GRDB

/// Reads attempts out of the journal's table.
enum JournalRow {
    static func entries(of account: JournalAccount, in database: Database) throws -> [JournalEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM attempt WHERE address = ? AND api_base = ? ORDER BY id DESC",
            arguments: [account.address, account.apiBase]
        ).map(entry)
    }

    static func entries(address: String?, in database: Database) throws -> [JournalEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM attempt WHERE ? IS NULL OR address = ? ORDER BY id DESC",
            arguments: [address, address]
        ).map(entry)
    }

    private static func entry(_ row: Row) -> JournalEntry {
        let state = (row["state"] as String?).flatMap(JournalEntry.State.init)
        return JournalEntry(
            id: row["id"] as Int64? ?? 0, address: row["address"] as String? ?? "",
            apiBase: row["api_base"] as String? ?? "", attemptedAt: date(row["attempted_at"]) ?? .distantPast,
            answeredAt: date(row["answered_at"]), state: state ?? .unknown, reason: row["reason"],
            httpStatus: row["http_status"], inboxID: row["inbox_id"], overallStatus: row["overall_status"],
            dailyLimit: row["daily_limit"], createdAt: date(row["created_at"]),
            settings: SettingsText.fields(row["settings"] as String? ?? "[]"),
            fingerprint: row["fingerprint"] as String? ?? "", keyTag: row["key_tag"] as String? ?? "")
    }

    private static func date(_ seconds: Double?) -> Date? { seconds.map { Date(timeIntervalSince1970: $0) } }
}

import Foundation
import MailModel
import MailRegistration
import MailReport

/// The journal as a table, and for programs.
enum JournalListing {
    static func text(_ entries: [JournalEntry]) -> String {
        guard !entries.isEmpty else { return "The journal is empty." }
        return entries.map { entry in
            let inbox = entry.inboxID.map { "  \($0)" } ?? ""
            return "\(pad(String(entry.id), 5)) \(time(entry.attemptedAt))  \(pad(words(entry.state), 18)) "
                + ServerText(entry.address).escaped + inbox
        }.joined(separator: "\n")
    }

    static func json(_ entries: [JournalEntry]) -> String {
        let object: JSONValue = [
            "schema": .integer(1), "command": .text("journal"), "entries": .list(entries.map(value)),
        ]
        return object.rendered(pretty: true)
    }

    static func time(_ date: Date) -> String { date.formatted(.iso8601) }

    static func words(_ state: JournalEntry.State) -> String { state.rawValue.replacing("_", with: " ") }

    private static func value(_ entry: JournalEntry) -> JSONValue {
        [
            "id": .integer(Int(entry.id)),
            "address": .text(entry.address),
            "api_base": .text(entry.apiBase),
            "attempted_at": .text(time(entry.attemptedAt)),
            "answered_at": .optional(entry.answeredAt.map(time)),
            "state": .text(entry.state.rawValue),
            "reason": .optional(entry.reason),
            "http_status": .optional(entry.httpStatus),
            "inbox_id": .optional(entry.inboxID),
            "overall_status": .optional(entry.overallStatus),
            "daily_limit": .optional(entry.dailyLimit),
            "created_at": .optional(entry.createdAt.map(time)),
            "settings": .object(entry.settings.map { JSONValue.Member(key: $0.name, value: value(of: $0.value)) }),
            "credentials_fingerprint": .text(entry.fingerprint),
        ]
    }

    private static func value(of value: RequestField.Value) -> JSONValue {
        switch value {
        case .text(let text): .text(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .flag(flag)
        case .redacted: .text(Redactor.mask)
        }
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

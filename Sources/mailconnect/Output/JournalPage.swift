import FoundationEssentials
import MailModel
import MailRegistration

/// Attempts of the journal, each in full.
enum JournalPage {
    static func text(_ entries: [JournalEntry]) -> String { entries.map(page).joined(separator: "\n\n") }

    private static func page(_ entry: JournalEntry) -> String {
        var lines = ["Attempt \(entry.id): \(JournalListing.words(entry.state))"]
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append(
                "  \(name)\(String(repeating: " ", count: max(1, 13 - name.count)))\(ServerText(value).escaped)")
        }
        add("Address", entry.address)
        add("API", entry.apiBase)
        add("Attempted", JournalListing.time(entry.attemptedAt))
        add("Answered", entry.answeredAt.map(JournalListing.time) ?? "no: the request may have arrived or not")
        add("Reason", entry.reason)
        add("HTTP status", entry.httpStatus.map(String.init))
        add("Inbox id", entry.inboxID)
        add("Status", entry.overallStatus)
        add("Daily limit", entry.dailyLimit.map(String.init))
        add("Created", entry.createdAt.map(JournalListing.time))
        if entry.state == .unknown { add("Next", "mailconnect add ADDRESS --display-name NAME --resolve") }
        lines.append("  Settings")
        for field in entry.settings { lines.append("    \(field.name): \(text(of: field.value))") }
        return lines.joined(separator: "\n")
    }

    private static func text(of value: RequestField.Value) -> String {
        switch value {
        case .text(let text): ServerText(text).escaped
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .redacted: Redactor.mask
        }
    }
}

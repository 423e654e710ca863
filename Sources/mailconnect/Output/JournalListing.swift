import FoundationEssentials
import MailJSON
import MailModel
import MailRegistration

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

    static func json(_ entries: [JournalEntry], _ layout: JSONWriter.Layout) -> String {
        JournalEntry.document.write(entries).rendered(layout)
    }

    static func time(_ date: Date) -> String { date.formatted(.iso8601) }

    static func words(_ state: JournalEntry.State) -> String { state.rawValue.replacing("_", with: " ") }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

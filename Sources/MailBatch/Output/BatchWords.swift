internal import MailModel
internal import MailReport

/// A batch in words, for a terminal and for a ticket.
public struct BatchWords {
    private let summary: BatchSummary
    private let result: Batch.Result

    /// Takes what is to be told.
    public init(_ summary: BatchSummary, _ result: Batch.Result) {
        self.summary = summary
        self.result = result
    }

    /// The first line: the answer.
    var headline: String {
        let rows = Self.count(summary.rows, "row")
        let open = result.progress.read - summary.rows
        if result.isInterrupted {
            return
                "?     Interrupted after \(rows)\(open > 0 ? ", \(open) read and not answered" : ""). Run the same again to go on."
        }
        if summary.rows == 0 { return "?     The file holds no account." }
        let registered = (summary.registrations[.registered] ?? 0) + (summary.registrations[.alreadyRegistered] ?? 0)
        if !summary.registrations.isEmpty {
            return summary.status() == 0
                ? "OK    All \(rows) are registered."
                : "FAIL  \(registered) of \(rows) are registered, \(summary.rows - registered) are not."
        }
        if summary.status() == 0 { return "OK    All \(rows) can be connected." }
        return
            "FAIL  \(summary.ready) of \(rows) can be connected, \(summary.rows - summary.ready) cannot or are not clear."
    }

    /// Plain text of at most so many columns.
    ///
    /// - Parameter width: The columns.
    /// - Returns: Lines.
    public func text(width: Int = 80) -> String {
        var lines = [headline]
        lines += counts.map { "      \($0)" }
        for cause in summary.causes.prefix(Self.most) {
            lines.append("")
            lines += Self.wrapped("\(cause.rows)  \(cause.sentence)", width, indent: "      ", first: "")
            if !cause.scopes.isEmpty { lines += Self.wrapped("At: " + Self.scopes(cause), width, indent: "      ") }
            if let fix = cause.fix { lines += Self.wrapped("Do: " + fix, width, indent: "      ") }
            let who = cause.who.map { "Who: \(Self.who($0)). " } ?? ""
            lines.append("      \(who)\(cause.id)")
        }
        if summary.causes.count > Self.most {
            lines += ["", "      and \(summary.causes.count - Self.most) further causes"]
        }
        let providers = summary.providers.prefix(8).map { "\($0.id ?? "unknown") \($0.ready)/\($0.rows)" }
        if !providers.isEmpty {
            lines.append("")
            let rest = summary.providers.count > 8 ? ", and \(summary.providers.count - 8) more" : ""
            lines += Self.wrapped(
                "Ready by provider: " + providers.joined(separator: ", ") + rest, width, indent: "      ")
        }
        for note in notes { lines += Self.wrapped(note, width, indent: "      ") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Markdown, for a ticket.
    public var markdown: String {
        let mark = headline.prefix { $0 != " " }
        let text = headline.drop { $0 != " " }.drop { $0 == " " }
        var lines = ["**\(mark)** \(Self.escaped(String(text)))", ""]
        lines += counts.map { "- \($0)" }
        if !summary.causes.isEmpty {
            lines += ["", "| rows | cause | at | to do | who |", "|---:|---|---|---|---|"]
        }
        for cause in summary.causes {
            let cells = [
                String(cause.rows), "\(Self.escaped(cause.sentence)) (`\(cause.id)`)", Self.escaped(Self.scopes(cause)),
                Self.escaped(cause.fix ?? ""), cause.who.map(Self.who) ?? "",
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        if !summary.providers.isEmpty { lines += ["", "| provider | rows | ready |", "|---|---:|---:|"] }
        for provider in summary.providers {
            lines.append("| \(Self.escaped(provider.id ?? "unknown")) | \(provider.rows) | \(provider.ready) |")
        }
        if !notes.isEmpty { lines += [""] + notes.map { "- " + Self.escaped($0) } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was read otherwise than it stands in the file, and what else should be known.
    var notes: [String] {
        var lines = RowNote.allCases.compactMap { note in
            result.notes[note].map { "\(Self.count($0, "row")): \(note.words)." }
        }
        if result.leftovers.changed > 0 {
            lines.append("\(Self.count(result.leftovers.changed, "row")) changed since the last time: checked anew.")
        }
        if result.leftovers.gone > 0 {
            lines.append("\(Self.count(result.leftovers.gone, "row")) of the last time are not in the file any more.")
        }
        for host in result.stopped {
            lines.append("\(host) said too often that it is too much: the rest of its rows was not tried.")
        }
        return lines
    }

    private var counts: [String] {
        var parts = [
            "\(summary.ready) ready", "\(summary.actionNeeded) need action", "\(summary.cannotTell) not clear",
        ]
        if summary.badRows > 0 { parts.append("\(summary.badRows) rows that cannot be used") }
        var lines = [parts.joined(separator: ", ") + "."]
        if !summary.registrations.isEmpty {
            let words: [(RegistrationOutcome.Status, String)] = [
                (.registered, "registered"), (.alreadyRegistered, "registered already"), (.refused, "refused"),
                (.unknown, "unknown"), (.notAttempted, "not sent"),
            ]
            let told = words.compactMap { status, word in summary.registrations[status].map { "\($0) \(word)" } }
            lines.append(told.joined(separator: ", ") + ".")
        }
        return lines
    }

    /// Causes that are shown on a terminal.
    private static let most = 12

    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    static func who(_ id: String) -> String {
        switch id {
        case "user": "the owner of the mailbox"
        case "admin": "the administrator of the domain"
        case "provider": "the provider"
        default: "whoever runs this"
        }
    }

    static func scopes(_ cause: BatchSummary.Cause) -> String {
        let shown = cause.scopes.prefix(5).map { "\($0.name) (\($0.rows))" }
        let rest = cause.scopes.count > 5 ? ", and \(cause.scopes.count - 5) more" : ""
        return shown.joined(separator: ", ") + rest
    }

    private static func wrapped(_ text: String, _ width: Int, indent: String, first: String? = nil) -> [String] {
        let parts = text.split(separator: " ")
        let head = first ?? indent
        var lines: [String] = []
        var line = ""
        for word in parts {
            let begin = lines.isEmpty ? head : indent
            if !line.isEmpty, begin.count + line.count + 1 + word.count > width {
                lines.append(begin + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append((lines.isEmpty ? head : indent) + line)
        return lines
    }

    /// Text in a Markdown table: nothing of it is markup.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in ServerText(text).escaped {
            if "\\`*_{}[]<>#|!~&".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }
}

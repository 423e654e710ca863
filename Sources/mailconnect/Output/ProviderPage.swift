import FoundationEssentials
import MailModel
import MailReport
import ProviderCatalog

/// One profile as a page for people: the answer first, then what else is known, then where it was learnt.
///
/// Facts carry the numbers of their sources in brackets; the sources stand numbered at the end. What is not known is said
/// in one line, and what a provider of its kind cannot have is left out.
struct ProviderPage {
    private static let indent = 14

    let profile: ProviderProfile
    private let width: Int
    private let references: ProviderReferences

    init(_ profile: ProviderProfile, width: Int) {
        self.profile = profile
        self.width = width
        references = ProviderReferences(profile)
    }

    /// The page.
    var text: String {
        let heads = ["\(profile.name)  (\(profile.id))", kindInWords]
        let lines =
            heads + [""] + block(servers) + block(account) + block(sending) + block(recognition) + block(remarks)
        let sources = references.lines.map { "  " + ServerText($0).escaped }
        return (lines + ["Sources"] + sources).joined(separator: "\n")
    }

    private typealias Rows = [(title: String, values: [String])]

    private var servers: Rows {
        [
            cited("SMTP", profile.smtp.map(shown), .smtp), cited("IMAP", profile.imap.map(shown), .imap),
            ("User name", profile.usernameNote.map { [$0] } ?? []),
        ]
    }

    private var account: Rows {
        [
            cited("Password", password, .password), cited("Switches", profile.switches.map(shown), .switches),
            cited("Restrictions", profile.restrictions, .restrictions), cited("Regions", profile.regions, .regions),
        ]
    }

    private var sending: Rows {
        let cap = profile.dailyCap.map {
            "never more than \(grouped($0.value)) messages a day" + references.mark($0.source)
        }
        return [("Daily cap", cap.map { [$0] } ?? []), ("Limits", profile.limits.map(shown)), ("Pace", pace)]
    }

    private var recognition: Rows {
        let domains = profile.domains.map(\.description)
        let rest = domains.count - 40
        let listed = domains.prefix(40).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        let people = consumers.isEmpty ? "" : "Mailboxes of people: " + consumers
        return [
            cited("Domains", [listed, people].filter { !$0.isEmpty }, .domains),
            cited("Exchangers", exchangers, .mx),
            cited("Told by", fingerprints, .fingerprints),
        ]
    }

    private var consumers: String {
        let names = profile.consumerDomains.names(of: profile.domains).map(\.description)
        if profile.consumerDomains == .all { return "all of these" }
        return names.joined(separator: ", ")
    }

    /// A row with the numbers of its sources behind the last value.
    private func cited(
        _ title: String, _ values: [String], _ section: SourceReference.Section
    ) -> (title: String, values: [String]) {
        let mark = references.numbers(section)
        guard let last = values.last, !mark.isEmpty else { return (title, values) }
        return (title, values.dropLast() + ["\(last) \(mark)"])
    }

    private var remarks: Rows {
        [("Notes", profile.notes), ("Not known", [unknown].filter { !$0.isEmpty }), ("Help", profile.links)]
    }

    /// Parts that a provider of this kind has and of which nothing was found out.
    private var unknown: String {
        guard profile.kind.hasServers else { return "" }
        let parts = [
            ("SMTP servers", profile.smtp.isEmpty), ("IMAP servers", profile.imap.isEmpty),
            ("which password it takes", profile.password.map { $0.kind == .notKnown } ?? true),
            ("what must be switched on", profile.switches.isEmpty), ("a daily cap", profile.dailyCap == nil),
            ("sending limits", profile.limits.isEmpty),
        ]
        return parts.filter(\.1).map(\.0).joined(separator: ", ")
    }

    private func block(_ rows: Rows) -> [String] {
        let lines = rows.flatMap { row($0.title, $0.values, isWhole: $0.title == "Help") }
        return lines.isEmpty ? [] : lines + [""]
    }

    /// A heading and its values, wrapped with a hanging indent; addresses of pages stay whole, to be copied.
    private func row(_ title: String, _ values: [String], isWhole: Bool) -> [String] {
        let safe = values.map { ServerText($0).escaped }
        let lines = safe.flatMap { isWhole ? [$0] : Self.wrapped($0, width: width - Self.indent) }
        return lines.enumerated().map { number, line in
            (number == 0 ? title : "").column(Self.indent) + line
        }
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        // Steps are numbered by two characters and hang below them.
        let hang = text.prefix(2).last == "." ? "   " : ""
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = String(word)
            } else if lines[lines.count - 1].count + word.count + 1 <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(hang + word)
            }
        }
        return lines
    }
}

/// One page of the manual, in the macros of man(7).
struct ManualPage {
    private let entry: ManualEntry
    private let pages: [ManualEntry]
    private let date: String

    /// - Parameters:
    ///   - entry: The command.
    ///   - pages: All commands, for what is named at the end.
    ///   - date: The day that stands at the foot.
    init(_ entry: ManualEntry, among pages: [ManualEntry], date: String) {
        self.entry = entry
        self.pages = pages
        self.date = date
    }

    /// The whole page.
    var text: String {
        let sections = [
            heading,
            section(
                "NAME", [Self.folded("\(Self.plain(entry.name)) \\- \(Self.plain(entry.abstract.lowercasedFirst))")]),
            section("SYNOPSIS", [synopsis]), section("DESCRIPTION", description), section("COMMANDS", commands),
            section("ARGUMENTS", entry.arguments.filter(\.names.isEmpty).flatMap(item)),
            section("OPTIONS", entry.arguments.filter { !$0.names.isEmpty }.flatMap(item)),
            section("EXIT STATUS", list(ManualNotes.statuses(for: entry))),
            section("ENVIRONMENT", list(ManualNotes.environment(for: entry))),
            section("FILES", list(ManualNotes.files(for: entry))), section("EXAMPLES", examples),
            section("SEE ALSO", [others]),
        ]
        return sections.joined()
    }

    private var heading: String {
        let title = Self.plain(entry.name.uppercased())
        return ".TH \(title) 1 \(date) \"mailconnect \(Self.plain(ToolVersion.current))\" \"User Commands\"\n"
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : ".SH \(title)\n" + lines.joined(separator: "\n") + "\n"
    }

    private var synopsis: String {
        var parts = ["\\fB\(Self.plain(entry.words.joined(separator: " ")))\\fR"]
        if entry.arguments.contains(where: { !$0.names.isEmpty }) { parts.append("[\\fIoptions\\fR]") }
        if !entry.commands.isEmpty { parts.append("\\fIcommand\\fR") }
        for argument in entry.arguments where argument.names.isEmpty {
            let name = "\\fI\(Self.plain(argument.value ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
            parts.append(argument.isOptional ? "[\(name)]" : name)
        }
        for argument in entry.arguments where !argument.names.isEmpty && !argument.isOptional {
            parts.append(Self.named(argument, argument.names.suffix(1)))
        }
        return parts.joined(separator: " ")
    }

    /// The discussion in paragraphs; examples have a section of their own, and so have the program's exit statuses.
    private var paragraphs: [[String]] {
        entry.discussion.split(separator: "\n\n").map { $0.split(separator: "\n").map(String.init) }
    }

    private static let examplesTitle = "Examples:"

    private var description: [String] {
        let told = paragraphs.filter { paragraph in
            let first = paragraph.first ?? ""
            return first != Self.examplesTitle && !(entry.words.count == 1 && first.hasPrefix("Exit statuses:"))
        }
        let texts = [entry.abstract] + told.map { $0.joined(separator: " ") }
        return texts.flatMap { [".PP", Self.folded(Self.plain($0))] }.dropFirst().map { $0 }
    }

    private var commands: [String] { list(entry.commands.map { ($0.words.last ?? "", $0.abstract) }) }

    private func item(_ argument: ManualEntry.Argument) -> [String] {
        var words = Self.plain(argument.words)
        if !argument.choices.isEmpty { words += " One of: \(Self.plain(argument.choices.joined(separator: ", ")))." }
        if let initial = argument.initial { words += " Default: \(Self.plain(initial))." }
        return [".TP", Self.named(argument, argument.names[...]), words.isEmpty ? "\\&" : Self.folded(words)]
    }

    private func list(_ items: [(String, String)]) -> [String] {
        items.flatMap { [".TP", "\\fB\(Self.plain($0))\\fR", Self.folded(Self.plain($1))] }
    }

    /// What the command's own help gives as examples, else what the notes have.
    private var examples: [String] {
        let own = paragraphs.filter { $0.first == Self.examplesTitle }.flatMap { $0.dropFirst() }
        if !own.isEmpty { return Self.typed(own.map { String($0.drop(while: \.isWhitespace)) }) }
        return ManualNotes.examples(for: entry).flatMap { words, command in
            [".PP", Self.plain(words), ".PP"] + Self.typed([command])
        }.dropFirst().map { $0 }
    }

    /// Lines as they are typed.
    private static func typed(_ lines: [String]) -> [String] { [".RS 4", ".nf"] + lines.map(plain) + [".fi", ".RE"] }

    private var others: String {
        pages.filter { $0.name != entry.name && $0.words.count <= max(2, entry.words.count) }
            .filter { $0.words.count < 3 || $0.words.dropLast() == entry.words.dropLast() }
            .map { "\\fB\(Self.plain($0.name))\\fR(1)" }.joined(separator: ",\n")
    }

    private static func named(_ argument: ManualEntry.Argument, _ names: ArraySlice<String>) -> String {
        let written = names.map { "\\fB\(plain($0))\\fR" }.joined(separator: ", ")
        let value = argument.value.map { "\\fI\(plain($0))\\fR" }
        return [written, value ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A paragraph on lines that an editor shows whole; none of them begins like a request.
    private static func folded(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines.removeLast()
            if line.isEmpty || line.utf8.count + word.utf8.count < 78 {
                lines.append(line.isEmpty ? String(word) : "\(line) \(word)")
            } else {
                lines += [line, String(word)]
            }
        }
        return lines.map { $0.hasPrefix(".") ? "\\&" + $0 : $0 }.joined(separator: "\n")
    }

    /// A text in which nothing is a request or an escape, and every hyphen is the one that is typed.
    private static func plain(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
            .replacing("`", with: "\\(ga").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
    }
}

extension String {
    /// The text in the manner of a NAME section: with a small letter first, without the full stop.
    fileprivate var lowercasedFirst: String {
        let text = prefix(1).lowercased() + dropFirst()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

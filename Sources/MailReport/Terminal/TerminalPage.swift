import MailModel

/// Lines on their way to a terminal. Everything that is added is made safe to show first, wherever it came from.
struct TerminalPage {
    let style: TerminalStyle
    let words: RemedyWords
    private(set) var lines: [String] = []

    init(style: TerminalStyle, words: RemedyWords = .neutral) {
        self.style = style
        self.words = words
    }

    /// The page, with a line feed at its end.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// Leaves one line empty, unless one is empty already.
    mutating func addBlank() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// Lines that are ready: made by a page of the same style.
    mutating func addRaw(_ more: [String]) { lines += more }

    /// A heading after an empty line.
    mutating func addHeading(_ text: String, ink: Ink = .bold) {
        addBlank()
        add(text, ink: ink)
    }

    /// A paragraph whose further lines hang below the first one's text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - lead: What stands before the first line only, such as `1. `.
    ///   - indent: Columns left free.
    ///   - ink: The colour.
    mutating func add(_ text: String, lead: String = "", indent: Int = 0, ink: Ink = .plain) {
        let hang = indent + TextWidth.of(lead)
        let wrap = LineWrap(columns: style.width - hang)
        for (index, line) in wrap.lines(of: Self.safe(text)).enumerated() {
            let start = index == 0 ? Self.spaces(indent) + lead : Self.spaces(hang)
            append(start, line, ink)
        }
    }

    /// A row of a table. Where its columns leave too little room, the text goes below the title.
    mutating func add(_ row: TableRow, columns: TableRow.Columns) {
        let title = Self.safe(row.title)
        let room = style.width - columns.textStart - columns.right
        guard room >= 24, TextWidth.of(title) <= columns.title else { return addStacked(row, columns: columns) }
        let start = columns.mark > 0 ? Self.padded(row.mark, to: columns.mark + 2) : ""
        let texts = LineWrap(columns: room).lines(of: Self.safe(row.text))
        let first = Self.padded(title, to: columns.title + 1) + Self.padded(texts[0], to: room)
        let right = Self.padded(row.right, to: columns.right, atEnd: false)
        lines.append(row.ink.paint(start, when: style.colour) + Self.trimmed(first + right))
        for text in texts.dropFirst() { append(Self.spaces(columns.textStart), text, .plain) }
    }

    private mutating func addStacked(_ row: TableRow, columns: TableRow.Columns) {
        let start = columns.mark > 0 ? Self.padded(row.mark, to: columns.mark + 2) : ""
        let hang = TextWidth.of(start)
        let heading = row.right.isEmpty ? row.title : "\(row.title), \(row.right)"
        let titles = LineWrap(columns: style.width - hang).lines(of: Self.safe(heading))
        for (index, title) in titles.enumerated() {
            lines.append((index == 0 ? row.ink.paint(start, when: style.colour) : Self.spaces(hang)) + title)
        }
        add(row.text, indent: hang + 2)
    }

    private mutating func append(_ start: String, _ text: String, _ ink: Ink) {
        let line = Self.trimmed(start + text)
        let margin = String(line.prefix { $0 == " " })
        lines.append(margin + ink.paint(String(line.dropFirst(margin.count)), when: style.colour))
    }

    private static func safe(_ text: String) -> String { ServerText(text).escaped }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private static func padded(_ text: String, to width: Int, atEnd: Bool = true) -> String {
        let filling = spaces(width - TextWidth.of(text))
        return atEnd ? text + filling : filling + text
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}

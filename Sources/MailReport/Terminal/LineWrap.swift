/// Breaks text into lines of limited width.
struct LineWrap {
    /// Columns in a line.
    let columns: Int

    init(columns: Int) { self.columns = max(8, columns) }

    /// The lines of a text, without spaces at their ends; one empty line for an empty text.
    func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in text.split(separator: " ").flatMap(pieces) {
            let width = TextWidth.of(word)
            if used > 0, used + 1 + width <= columns {
                line += " " + word
                used += 1 + width
                continue
            }
            if used > 0 { lines.append(line) }
            (line, used) = (String(word), width)
        }
        return lines + [line]
    }

    /// A word that is wider than a line is cut, unless it is a link: one that is cut cannot be followed.
    private func pieces(of word: Substring) -> [Substring] {
        if TextWidth.of(word) <= columns || word.contains("://") { return [word] }
        var pieces: [Substring] = []
        var start = word.startIndex
        var used = 0
        for index in word.indices {
            let width = TextWidth.of(word[index])
            if used + width > columns {
                pieces.append(word[start..<index])
                (start, used) = (index, 0)
            }
            used += width
        }
        return pieces + [word[start...]]
    }
}

/// How many columns a text takes on a terminal.
enum TextWidth {
    /// One for each character, two for the wide ones (Unicode Standard Annex 11, classes W and F, and emoji).
    static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    /// The columns of one character, with whatever is combined into it.
    static func of(_ character: Character) -> Int {
        character.unicodeScalars.contains(where: isWide) ? 2 : 1
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE0F, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}

/// One row of a table: a mark, a title, a text that may take several lines, and something at the right margin.
struct TableRow {
    /// The columns that the rows of one table share.
    struct Columns {
        /// Columns for the mark, 0 for none.
        var mark: Int
        /// Columns for the title.
        var title: Int
        /// Columns at the right margin.
        var right: Int

        /// Where the text begins.
        var textStart: Int { (mark > 0 ? mark + 2 : 0) + title + 1 }
    }

    var mark = ""
    var ink = Ink.plain
    var title: String
    var text: String
    var right = ""
}

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

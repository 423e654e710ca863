/// Lists of reply codes, as articles and help pages have them: each line begins with another code and says what it means. Nobody
/// was told any of them. Replies that somebody collected are none: a server writes the code first, and a blank and its words behind it.
enum CodeList {
    /// From so many different refusals on, each at the beginning of a line, they are a list: a session meets one or two.
    private static let fewest = 4
    /// From so many on also where nothing sets them off from their words: nobody collects so many different refusals.
    private static let fewestPlain = 7
    /// Octets before the code: a bullet, a number, a bar of a table.
    private static let lead = 8

    /// The lines of a list.
    ///
    /// - Parameters:
    ///   - count: How many lines there are.
    ///   - line: A line by its number, folded.
    /// - Returns: The numbers of the lines that begin with a refusal's code; none where there are too few codes for a list.
    static func lines(count: Int, line: (Int) -> ArraySlice<UInt8>) -> Set<Int> {
        var (setOff, plain): (Set<Int>, Set<Int>) = ([], [])
        var lines: (setOff: Set<Int>, plain: Set<Int>) = ([], [])
        for number in 0..<count {
            let line = line(number)
            if let code = code(at: line) {
                setOff.insert(code)
                lines.setOff.insert(number)
            } else if let code = plainCode(at: line) {
                plain.insert(code)
                lines.plain.insert(number)
            }
        }
        if plain.union(setOff).count >= fewestPlain { return lines.setOff.union(lines.plain) }
        return setOff.count >= fewest ? lines.setOff : []
    }

    /// The refusal's code, or the enhanced code, with which a line begins, and words behind it. An enhanced code counts as a
    /// number of its own: 5.1.1 as 50101.
    private static func plainCode(at line: ArraySlice<UInt8>) -> Int? {
        let text = Array(line.prefix(lead + 4))
        if let code = number(text, 0) { return code }
        guard let (enhanced, _) = EnhancedCodeReader.read(text, at: 0), text.at(enhanced.utf8.count)?.isBlank ?? false
        else { return nil }
        let parts = enhanced.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3, parts[0] >= 4, parts[1] < 100, parts[2] < 100 else { return nil }
        return (parts[0] * 100 + parts[1]) * 100 + parts[2]
    }

    /// The code with which a line begins, behind a bullet, a number or a bar.
    private static func code(at line: ArraySlice<UInt8>) -> Int? {
        let text = Array(line.prefix(lead + 4))
        var place = 0
        // Arrows mark who says what in a session.
        while let octet = text.at(place), place <= lead, !octet.isLetter, !"<>".utf8.contains(octet) {
            if let code = number(text, place) { return place > 0 || isSetOff(line.dropFirst(3)) ? code : nil }
            place += 1
        }
        return nil
    }

    /// Whether what follows a code is no server's reply but a sign that sets the code off from its meaning.
    private static func isSetOff(_ rest: ArraySlice<UInt8>) -> Bool {
        let words = rest.drop(while: \.isBlank).prefix(2)
        guard let sign = words.first else { return false }
        if sign >= 0x80 || "|:)=".utf8.contains(sign) { return true }
        return sign == UInt8(ascii: "-") && words.last?.isBlank == true && words.count == 2
    }

    /// Three digits that stand alone and are a refusal's.
    private static func number(_ text: [UInt8], _ place: Int) -> Int? {
        guard let first = text.at(place), first == UInt8(ascii: "4") || first == UInt8(ascii: "5"),
            text.at(place - 1).map({ !$0.isDigit && !$0.isLetter && $0 != UInt8(ascii: ".") }) ?? true,
            let second = text.at(place + 1), second.isDigit, let third = text.at(place + 2), third.isDigit,
            text.at(place + 3).map({ $0.isBlank || "|:)".utf8.contains($0) || $0 >= 0x80 }) ?? true
        else { return nil }
        return Int(first - 0x30) * 100 + Int(second - 0x30) * 10 + Int(third - 0x30)
    }
}

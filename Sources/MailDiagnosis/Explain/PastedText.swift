/// A pasted text without its wrapping: escapes undone, so that each line of a server's reply is a line again.
struct PastedText {
    /// The lines.
    let lines: [[UInt8]]

    /// Unwraps a text.
    ///
    /// - Parameter text: The text, secrets masked.
    init(_ text: String) {
        // Twice: a log in JSON holds an exception that holds a reply, each escaped once.
        let once = Self.unescaped(Array(text.utf8))
        let whole = Self.unescaped(once)
        let split = whole.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
        lines = split.flatMap(Self.pieces)
    }

    /// A line that is too long for one goes on in the next.
    private static func pieces(of line: ArraySlice<UInt8>) -> [[UInt8]] {
        stride(from: line.startIndex, to: line.endIndex, by: lineLengthLimit).map { start in
            Array(line[start..<min(start + lineLengthLimit, line.endIndex)])
        }
    }

    /// All lines as one text.
    var joined: String { String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self) }

    /// A line that has more octets is looked at in parts.
    private static let lineLengthLimit = 8_192

    /// Octets with which an escape can begin, and those that are replaced.
    private static let special: [Bool] = {
        var special = [Bool](repeating: false, count: 256)
        for octet in [UInt8(ascii: "\\"), UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: "#"), 0x1B, 0x09] {
            special[Int(octet)] = true
        }
        return special
    }()

    private static func unescaped(_ octets: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var place = 0
        while let octet = octets.at(place) {
            let (length, replacement): (Int, [UInt8])
            if !special[Int(octet)] {
                result.append(octet)
                place += 1
                continue
            }
            switch octet {
            case UInt8(ascii: "\\"): (length, replacement) = TextEscape.backslash(octets, place)
            case UInt8(ascii: "&"): (length, replacement) = TextEscape.entity(octets, place)
            case UInt8(ascii: "<"): (length, replacement) = TextEscape.lineBreak(octets, place)
            case UInt8(ascii: "#"): (length, replacement) = TextEscape.octal(octets, place)
            case 0x1B: (length, replacement) = TextEscape.colour(octets, place)
            case 0x09: (length, replacement) = (1, [0x20])
            default: (length, replacement) = (1, [octet])
            }
            result += replacement
            place += max(1, length)
        }
        return result
    }
}

/// The ways in which programs and logs write what they quote. Each says how many octets it read, and what they stand for.
enum TextEscape {
    /// `\n`, `\"`, `\x3e`, `\x{d}`, `\u003c`: JavaScript, Python, JSON, Perl.
    static func backslash(_ text: [UInt8], _ place: Int) -> (Int, [UInt8]) {
        guard let next = text.at(place + 1) else { return (1, [text[place]]) }
        switch next {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): return (2, [0x0A])
        case UInt8(ascii: "t"): return (2, [0x20])
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
            return (2, [next])
        case UInt8(ascii: "x"): return hexadecimal(text, place, digits: 2)
        case UInt8(ascii: "u"): return hexadecimal(text, place, digits: 4)
        default: return (1, [text[place]])
        }
    }

    /// `&lt;` and the like.
    static func entity(_ text: [UInt8], _ place: Int) -> (Int, [UInt8]) {
        let entities: [(StaticString, UInt8)] = [
            ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", UInt8(ascii: "\"")),
            ("&#39;", UInt8(ascii: "'")), ("&#039;", UInt8(ascii: "'")), ("&nbsp;", 0x20), ("&amp;", UInt8(ascii: "&")),
        ]
        for (name, octet) in entities where text.has(name, at: place) { return (name.utf8CodeUnitCount, [octet]) }
        return (1, [text[place]])
    }

    /// `<br>` and `<br />`.
    static func lineBreak(_ text: [UInt8], _ place: Int) -> (Int, [UInt8]) {
        guard text.has("<br", at: place) else { return (1, [text[place]]) }
        let end = (3...6).first { text.at(place + $0) == UInt8(ascii: ">") }
        guard let end else { return (1, [text[place]]) }
        let isBreak = (3..<end).allSatisfy { [0x20, UInt8(ascii: "/")].contains(text[place + $0]) }
        return isBreak ? (end + 1, [0x0A]) : (1, [text[place]])
    }

    /// `#012` and `#011`, as syslog writes control characters.
    static func octal(_ text: [UInt8], _ place: Int) -> (Int, [UInt8]) {
        if text.has("#012", at: place) || text.has("#015", at: place) { return (4, [0x0A]) }
        return text.has("#011", at: place) ? (4, [0x20]) : (1, [text[place]])
    }

    /// The colour of a terminal (ECMA-48, section 8.3.117).
    static func colour(_ text: [UInt8], _ place: Int) -> (Int, [UInt8]) {
        guard text.at(place + 1) == UInt8(ascii: "[") else { return (1, []) }
        var end = place + 2
        while let octet = text.at(end), octet.isDigit || octet == UInt8(ascii: ";"), end - place < 16 { end += 1 }
        return (end - place + 1, [])
    }

    private static func hexadecimal(_ text: [UInt8], _ place: Int, digits: Int) -> (Int, [UInt8]) {
        if text.at(place + 2) == UInt8(ascii: "{"), let end = (3...8).first(where: { text.at(place + $0) == 0x7D }) {
            return (end + 1, encoded(text[(place + 3)..<(place + end)]))
        }
        guard place + 2 + digits <= text.count else { return (1, [text[place]]) }
        let octets = encoded(text[(place + 2)..<(place + 2 + digits)])
        return octets.isEmpty ? (1, [text[place]]) : (2 + digits, octets)
    }

    /// The character of a number in hexadecimal digits; a space for what cannot be shown, none for what is no number.
    private static func encoded(_ digits: ArraySlice<UInt8>) -> [UInt8] {
        var value: UInt32 = 0
        for digit in digits {
            guard let part = digit.hexValue else { return [] }
            value = value << 4 | UInt32(part)
        }
        if value == 0x0A || value == 0x0D { return [0x0A] }
        guard value >= 0x20, let scalar = Unicode.Scalar(value) else { return [0x20] }
        return Array(String(Character(scalar)).utf8)
    }
}

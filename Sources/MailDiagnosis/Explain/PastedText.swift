/// A pasted text without its wrapping: escapes undone, so that each line of a server's reply is a line again.
struct PastedText {
    /// The lines.
    let lines: [[UInt8]]

    /// Unwraps a text.
    ///
    /// - Parameter text: The text, secrets masked.
    init(_ text: String) {
        // Twice: a log in JSON holds an exception that holds a reply, each escaped once.
        let once = Self.unescaped(Self.limited(Array(text.utf8)))
        let whole = Self.unescaped(once)
        let split = whole.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
        lines = Array(split.flatMap(Self.pieces).prefix(Self.lineLimit))
    }

    /// A line that is too long for one goes on in the next.
    private static func pieces(of line: ArraySlice<UInt8>) -> [[UInt8]] {
        stride(from: line.startIndex, to: line.endIndex, by: lineLengthLimit).map { start in
            Array(line[start..<min(start + lineLengthLimit, line.endIndex)])
        }
    }

    /// All lines as one text.
    var joined: String { String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self) }

    /// Octets that are looked at; of a longer text its beginning and its end.
    private static let limit = 65_536
    private static let lineLimit = 4_000
    private static let lineLengthLimit = 8_192

    private static func limited(_ octets: [UInt8]) -> [UInt8] {
        guard octets.count > limit else { return octets }
        return Array(octets.prefix(limit / 2)) + [0x0A] + Array(octets.suffix(limit / 2))
    }

    private static func unescaped(_ octets: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var place = 0
        while let octet = octets.at(place) {
            let (length, replacement): (Int, [UInt8])
            switch octet {
            case UInt8(ascii: "\\"): (length, replacement) = TextEscape.backslash(octets, place)
            case UInt8(ascii: "&"): (length, replacement) = TextEscape.entity(octets, place)
            case UInt8(ascii: "<"): (length, replacement) = TextEscape.lineBreak(octets, place)
            case UInt8(ascii: "#"): (length, replacement) = TextEscape.octal(octets, place)
            case 0x1B: (length, replacement) = TextEscape.colour(octets, place)
            case 0x09, 0xA0: (length, replacement) = (1, octet == 0x09 ? [0x20] : [octet])
            default: (length, replacement) = (1, [octet])
            }
            result += replacement
            place += max(1, length)
        }
        return result
    }
}

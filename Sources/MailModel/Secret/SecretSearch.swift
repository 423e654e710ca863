/// Finds many short texts in a longer one in a single pass, the case of ASCII letters ignored.
///
/// Every reply line goes through here, so it works on octets and looks only at needles that begin with the octet at
/// hand.
struct SecretSearch: Sendable {
    private struct Needle: Sendable {
        let octets: [UInt8]
        let isBase64: Bool
    }

    private var needles: [[Needle]]
    private let isEmpty: Bool

    /// Makes a search.
    ///
    /// - Parameters:
    ///   - plain: Texts to find as they are.
    ///   - base64: Pieces of base64: the whole run of base64 characters around each is found.
    init(plain: [String], base64: [String]) {
        isEmpty = plain.isEmpty && base64.isEmpty
        needles = Array(repeating: [], count: 256)
        for (texts, isBase64) in [(plain, false), (base64, true)] {
            for octets in Set(texts.map { $0.utf8.map(Self.folded) }) {
                guard let first = octets.first else { continue }
                needles[Int(first)].append(Needle(octets: octets, isBase64: isBase64))
            }
        }
    }

    /// Finds everything.
    ///
    /// - Parameter text: The text to search.
    /// - Returns: Ranges in ascending order that neither overlap nor touch.
    func ranges(in text: [UInt8]) -> [Range<Int>] {
        guard !isEmpty else { return [] }
        let folded = text.map(Self.folded)
        var result: [Range<Int>] = []
        for start in folded.indices {
            for needle in needles[Int(folded[start])] where folded[start...].starts(with: needle.octets) {
                let range = start..<(start + needle.octets.count)
                Self.add(needle.isBase64 ? Self.run(around: range, in: text, after: result.last) : range, to: &result)
            }
        }
        return result
    }

    private static func add(_ range: Range<Int>, to result: inout [Range<Int>]) {
        guard let last = result.last, range.lowerBound <= last.upperBound else { return result.append(range) }
        result[result.count - 1] = min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
    }

    /// The base64 around a match. What `known` covers already is not walked through again.
    private static func run(around match: Range<Int>, in text: [UInt8], after known: Range<Int>?) -> Range<Int> {
        if let known, match.upperBound <= known.upperBound { return match }
        var (start, end) = (match.lowerBound, match.upperBound)
        while start > (known?.upperBound ?? 0), isBase64(text[start - 1]) { start -= 1 }
        while end < text.count, isBase64(text[end]) || text[end] == UInt8(ascii: "=") { end += 1 }
        return start..<end
    }

    private static func isBase64(_ octet: UInt8) -> Bool {
        switch folded(octet) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "+/-_".utf8.contains(octet)
        }
    }

    private static func folded(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet + 0x20 : octet
    }
}

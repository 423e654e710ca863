import MailModel

/// Masks secrets in a text whose secrets nobody has told us: by where they stand and what they look like.
///
/// Each mask knows one kind of place. A server's words stay: what was refused, and why, is what the text is pasted for.
public enum PasteMask {
    /// The text, each secret replaced by `[redacted]`.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The text, safe to show. Masked once more, it stays as it is.
    public static func masked(_ text: String) -> String {
        var octets = Array(text.utf8)
        // What stood around a secret can be read differently once that is gone: until nothing changes. Where it goes on
        // changing, the whole lines go: calls within calls within calls were made to be read wrongly.
        for pass in 0..<passes {
            let found = ranges(in: octets)
            let next = replaced(octets, pass < passes / 2 ? found : found.map { wholeLine($0, octets) })
            if next == octets { return pass == 0 ? text : String(decoding: octets, as: UTF8.self) }
            octets = next
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static let passes = 8

    /// The lines in which a secret stands.
    private static func wholeLine(_ range: Range<Int>, _ octets: [UInt8]) -> Range<Int> {
        let start = octets[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return start..<(octets[range.upperBound...].firstIndex(of: 0x0A) ?? octets.count)
    }

    private static func ranges(in octets: [UInt8]) -> [Range<Int>] {
        let text = MaskText(octets)
        return BlobMask.ranges(in: octets) + AppPasswordMask.ranges(in: octets) + TokenMask.ranges(in: text)
            + LabelMask.ranges(in: text) + CallMask.ranges(in: text) + CommandMask.ranges(in: text)
            + ShellMask.ranges(in: text) + AddressMask.ranges(in: text)
    }

    private static func replaced(_ octets: [UInt8], _ ranges: [Range<Int>]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var place = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > place {
            // What overlaps is one secret, or the rest of it.
            if range.lowerBound >= place {
                result += octets[place..<range.lowerBound]
                result += Array(Redactor.mask.utf8)
            }
            place = range.upperBound
        }
        return result + octets[place...]
    }
}

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
        // What stood around a secret can be read differently once that is gone: until nothing changes.
        for pass in 0..<passes {
            let ranges = ranges(in: octets)
            let next = replaced(octets, ranges)
            if next == octets { return pass == 0 ? text : String(decoding: octets, as: UTF8.self) }
            octets = next
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static let passes = 4

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

import MailModel

/// Masks secrets in a text whose secrets nobody has told us: by where they stand and what they look like.
///
/// It rather masks too much than too little, but leaves a server's words alone.
public enum PasteMask {
    /// The text, each secret replaced by `[redacted]`.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The text, safe to show.
    public static func masked(_ text: String) -> String {
        let octets = Array(text.utf8)
        var ranges = BlobMask.ranges(in: octets) + KeyMask.ranges(in: octets) + CommandMask.ranges(in: octets)
        guard !ranges.isEmpty else { return text }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var result: [UInt8] = []
        var place = 0
        for range in ranges where range.upperBound > place {
            result += octets[place..<max(place, range.lowerBound)] + Array(Redactor.mask.utf8)
            place = range.upperBound
        }
        return String(decoding: result + octets[place...], as: UTF8.self)
    }
}

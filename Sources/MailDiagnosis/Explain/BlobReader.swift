/// Reads what servers say in base64: the error challenge of XOAUTH2 and OAUTHBEARER (RFC 7628, section 3.2.2).
enum BlobReader {
    /// The challenges of a text in the clear, each on a line of its own.
    ///
    /// - Parameter text: The text.
    /// - Returns: The JSON of each; empty when there is none.
    static func challenges(in text: String) -> String {
        var result = ""
        for word in text.split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber || "+/=".contains($0)) }) {
            guard word.hasPrefix("eyJ"), word.utf8.count >= 12, word.utf8.count < 4_096,
                let octets = BlobMask.decoded(String(word.prefix { $0 != "=" }))
            else { continue }
            result += "\n" + String(decoding: octets, as: UTF8.self)
        }
        return result
    }
}

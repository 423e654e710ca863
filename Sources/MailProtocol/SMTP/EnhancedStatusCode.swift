/// An enhanced status code at the head of a reply's text, such as `5.7.8` (RFC 2034, section 4; RFC 3463, section 2).
struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
    /// `class.subject.detail`
    let description: String
    /// Where the human text begins.
    let textOffset: Int

    /// Looks for a code at the head of a line.
    ///
    /// - Parameter text: A reply line without its three-digit code.
    init?(_ text: [UInt8]) {
        let head = text.prefix(while: { $0 != ASCII.space })
        let parts = head.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 1, "245".utf8.contains(parts[0][0]) else { return nil }
        guard parts[1...].allSatisfy({ $0.count <= 3 && ASCII.number($0) != nil }) else { return nil }
        description = String(decoding: head, as: UTF8.self)
        textOffset = head.count
    }
}

/// The bracketed code at the head of a status response's text: `[AUTHENTICATIONFAILED]` (RFC 9051, section 7.1).
struct IMAPResponseCode: Hashable, Sendable {
    /// The name, upper case.
    let name: String
    /// What follows the name, as sent.
    let data: [UInt8]

    /// Reads what stands between the brackets.
    ///
    /// - Parameter inner: The octets between the brackets.
    init(_ inner: some Collection<UInt8>) {
        name = ASCII.keyword(inner.prefix(while: { $0 != ASCII.space }))
        data = Array(inner.drop(while: { $0 != ASCII.space }).dropFirst())
    }

    /// Finds the closing bracket. Brackets inside a quoted string do not count, and those of an IPv6 address in a
    /// referral (RFC 2221) come in pairs.
    ///
    /// - Parameter text: A text that begins with `[`.
    /// - Returns: The index of the bracket, nil when it is missing.
    static func end(in text: [UInt8]) -> Int? {
        var depth = 0
        var isQuoted = false
        for (index, octet) in text.enumerated() {
            switch octet {
            case UInt8(ascii: "\"") where index > 0 && text[index - 1] != UInt8(ascii: "\\"): isQuoted.toggle()
            case UInt8(ascii: "[") where !isQuoted: depth += 1
            case UInt8(ascii: "]") where !isQuoted: depth -= 1
            default: break
            }
            if depth == 0 { return index }
        }
        return nil
    }
}

/// One line of a reply: `Reply-code [ SP textstring ]` or `Reply-code "-" [ textstring ]` (RFC 5321, section 4.2).
struct SMTPReplyLine: Hashable, Sendable {
    /// The three-digit code.
    let code: Int
    /// Whether the reply ends here.
    let isLast: Bool
    /// What follows the code and its separator.
    let text: [UInt8]

    /// Reads a line; nil when it is no line of a reply.
    ///
    /// - Parameter line: The line, without its end.
    init?(_ line: [UInt8]) {
        guard line.count >= 3, let code = ASCII.number(line[..<3]), (200...599).contains(code) else { return nil }
        let separator = line.count > 3 ? line[3] : ASCII.space
        guard separator == ASCII.space || separator == UInt8(ascii: "-") else { return nil }
        self.code = code
        isLast = separator == ASCII.space
        text = Array(line.dropFirst(4))
    }
}

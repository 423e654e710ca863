import MailModel

/// A whole reply of an SMTP server (RFC 5321, section 4.2), of one line or several.
struct SMTPReply: Hashable, Sendable {
    /// The three-digit code.
    let code: Int
    /// What follows the code and its separator, line by line, enhanced status codes included.
    let lines: [[UInt8]]

    /// The first enhanced status code in it.
    var enhancedCode: String? {
        for line in lines {
            if let code = EnhancedStatusCode(line) { return code.description }
        }
        return nil
    }

    /// The human text: lines joined by one space, without the enhanced status code that may head each of them.
    var text: [UInt8] {
        let texts = lines.map { ASCII.trimmed($0.dropFirst(EnhancedStatusCode($0)?.textOffset ?? 0)) }
        return Array(texts.filter { !$0.isEmpty }.joined(separator: [ASCII.space]))
    }

    /// What a SASL challenge holds (code 334).
    var challenge: [UInt8] { ASCII.trimmed(lines.last ?? []) }

    /// The reply as it is recorded.
    ///
    /// - Parameter redactor: Takes secrets out of the text.
    /// - Returns: The parts that a diagnosis rests on.
    func recorded(_ redactor: Redactor) -> ServerReply {
        ServerReply(code: code, enhancedCode: enhancedCode, text: redactor.text(text))
    }
}

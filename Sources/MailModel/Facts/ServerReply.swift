public import MailJSON

/// A reply of an SMTP or IMAP server, in the parts that a diagnosis rests on.
public struct ServerReply: Hashable, Sendable {
    /// SMTP: the three-digit code. nil for IMAP.
    public var code: Int?
    /// SMTP: the enhanced status code such as `5.7.139` (RFC 3463), when one was sent.
    public var enhancedCode: String?
    /// IMAP: `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`. nil for SMTP.
    public var status: String?
    /// IMAP: the response code such as `AUTHENTICATIONFAILED` (RFC 9051, section 7.1), upper case, without brackets.
    public var responseCode: String?
    /// The human text: the lines of a multiline reply joined by one space, codes left out.
    public var text: ServerText

    /// Makes a reply.
    public init(
        code: Int? = nil, enhancedCode: String? = nil, status: String? = nil, responseCode: String? = nil,
        text: ServerText
    ) {
        self.code = code
        self.enhancedCode = enhancedCode
        self.status = status
        self.responseCode = responseCode
        self.text = text
    }

    /// The reply on one line, as a person would quote it: `535 5.7.8 Username and Password not accepted.`
    public var quoted: String {
        let parts = [
            code.map(String.init), enhancedCode, status, responseCode.map { "[\($0)]" },
            text.escaped.isEmpty ? nil : text.escaped,
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension ServerReply {
    /// How it stands in a report.
    public static let json = JSONDescription<ServerReply>.object(
        ServerReply.init,
        .field("code", \.code, .optional(.integer), "SMTP: the three-digit code."),
        .field("enhanced_code", \.enhancedCode, .optional(.text), "SMTP: the enhanced status code (RFC 3463)."),
        .field("status", \.status, .optional(.text), "IMAP: OK, NO, BAD, BYE or PREAUTH."),
        .field("response_code", \.responseCode, .optional(.text), "IMAP: the response code, without brackets."),
        .field("text", \.text, .serverText, "The human text, the lines of a reply joined by one space."))
}

import MailModel

/// Tells by its first words what answers where mail was expected.
enum ForeignProtocol {
    /// Beginnings of a first line, and what speaks so. A controlling NUL or the like is shown as `\xNN`.
    private static let beginnings: [(String, String)] = [
        ("HTTP/", "HTTP"), ("<!DOCTYPE", "HTTP"), ("<html", "HTTP"), ("SSH-", "SSH"), ("+OK", "POP3"),
        ("-ERR", "POP3"), ("* OK", "IMAP"), ("* PREAUTH", "IMAP"), ("* BYE", "IMAP"), ("220", "SMTP or FTP"),
        ("421", "SMTP or FTP"), ("554", "SMTP"), ("RFB ", "VNC"), ("\\x16\\x03", "TLS"), ("\\x15\\x03", "TLS"),
        ("\"IMPLEMENTATION\"", "ManageSieve"), ("200 ", "NNTP"), ("201 ", "NNTP"),
    ]

    /// The protocol that a text belongs to.
    ///
    /// - Parameter text: The peer's first words.
    /// - Returns: Its name, nil when it is not known.
    static func name(_ text: ServerText) -> String? {
        beginnings.first { text.escaped.hasPrefix($0.0) }?.1
    }

    /// Whether the peer speaks TLS.
    ///
    /// - Parameter text: The peer's first words.
    /// - Returns: True for the beginning of a TLS record.
    static func isTLS(_ text: ServerText) -> Bool { name(text) == "TLS" }

    /// Whether the peer speaks the mail protocol in clear.
    ///
    /// - Parameters:
    ///   - text: The peer's first words.
    ///   - service: What is meant.
    /// - Returns: True for the greeting of such a server.
    static func isGreeting(_ text: ServerText, of service: MailService) -> Bool {
        let words = text.escaped
        switch service {
        case .smtp: return ["220", "421", "554"].contains { words.hasPrefix($0) }
        case .imap: return words.hasPrefix("* ")
        }
    }
}

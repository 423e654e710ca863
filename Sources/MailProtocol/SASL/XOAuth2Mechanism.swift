import MailModel

/// XOAUTH2 (developers.google.com/workspace/gmail/imap/xoauth2-protocol): `user=U ^A auth=Bearer T ^A ^A`.
enum XOAuth2Mechanism {
    /// What answers an error challenge: an empty line, after which the server gives its final word.
    static let errorAcknowledgement = SASLMessage(open: [])

    /// Makes the message.
    ///
    /// - Parameters:
    ///   - username: The mailbox.
    ///   - token: The access token.
    /// - Returns: The one message.
    /// - Throws: `UnusableCredential` for empty parts and for control characters, which separate the parts.
    static func message(username: String, token: String) throws(UnusableCredential) -> SASLMessage {
        try UnusableCredential.check(username: username, secret: token, without: 0...0x1F)
        return SASLMessage(secret: Array("user=\(username)\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8))
    }
}

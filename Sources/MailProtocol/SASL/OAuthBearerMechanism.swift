import MailModel

/// OAUTHBEARER (RFC 7628, section 3.1): `n,a=U, ^A auth=Bearer T ^A ^A`, host and port left out as the RFC allows.
enum OAuthBearerMechanism {
    /// What answers an error challenge (RFC 7628, section 3.2.3): a lone ^A; the server's final word comes after it.
    static let errorAcknowledgement = SASLMessage(open: [1])

    /// Makes the message.
    ///
    /// - Parameters:
    ///   - username: The mailbox; `,` and `=` in it are escaped as GS2 wants it (RFC 5801, section 4).
    ///   - token: The access token.
    /// - Returns: The one message.
    /// - Throws: `UnusableCredential` for empty parts and for control characters, which separate the parts.
    static func message(username: String, token: String) throws(UnusableCredential) -> SASLMessage {
        try UnusableCredential.check(username: username, secret: token, without: 0...0x1F)
        let name = username.split(separator: "=", omittingEmptySubsequences: false).joined(separator: "=3D")
            .split(separator: ",", omittingEmptySubsequences: false).joined(separator: "=2C")
        return SASLMessage(secret: Array("n,a=\(name),\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8))
    }
}

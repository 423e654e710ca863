import MailModel

/// PLAIN (RFC 4616): one message, `authzid NUL authcid NUL passwd`, the authorization identity left empty.
enum PlainMechanism {
    /// Makes the message.
    ///
    /// - Parameters:
    ///   - username: The authentication identity.
    ///   - password: The password.
    /// - Returns: The one message.
    /// - Throws: `UnusableCredential` for empty parts and for NUL, which separates the parts.
    static func message(username: String, password: String) throws(UnusableCredential) -> SASLMessage {
        try UnusableCredential.check(username: username, secret: password, without: [0])
        return SASLMessage(secret: [0] + Array(username.utf8) + [0] + Array(password.utf8))
    }
}

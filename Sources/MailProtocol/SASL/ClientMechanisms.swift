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

/// LOGIN (draft-murchison-sasl-login-00): the server asks twice, and gets the user name and then the password.
///
/// The wording of the two challenges differs from server to server and is not looked at: the order alone counts.
enum LoginMechanism {
    /// Makes the messages.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - password: The password.
    /// - Returns: The two answers, in order.
    /// - Throws: `UnusableCredential` for empty parts and for NUL.
    static func messages(username: String, password: String) throws(UnusableCredential) -> [SASLMessage] {
        try UnusableCredential.check(username: username, secret: password, without: [0])
        return [SASLMessage(open: Array(username.utf8)), SASLMessage(secret: Array(password.utf8))]
    }
}

/// CRAM-MD5 (RFC 2195): the server sends a text, and gets the user name and a keyed digest of the text back.
///
/// The digest can be guessed at by whoever sees it, so it goes over verified TLS only, and only where nothing better is
/// offered.
enum CRAMMD5Mechanism {
    /// Octets in a challenge. Servers send about 50.
    static let challengeLimit = 1024

    /// Makes the answer.
    ///
    /// - Parameters:
    ///   - challenge: The server's text, decoded.
    ///   - username: The user name.
    ///   - password: The password.
    ///   - cryptography: The keyed digest.
    /// - Returns: The answer, nil for a challenge that is none.
    static func answer(
        _ challenge: [UInt8], username: String, password: String, cryptography: any SASLCryptography
    ) -> SASLMessage? {
        guard (1...challengeLimit).contains(challenge.count),
            let code = cryptography.authenticationCode(challenge, key: Array(password.utf8), .md5)
        else { return nil }
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return SASLMessage(secret: Array("\(username) \(digits)".utf8))
    }
}

/// The names of mechanisms whose servers have to keep more than a password's hash to check it.
public enum ChallengeMechanisms {
    /// The SCRAM mechanisms that are spoken here (RFC 5802, RFC 7677). Some servers offer them beside a store of passwords that
    /// cannot serve them, and then refuse every login.
    public static let scram: Set<String> = ["SCRAM-SHA-256", "SCRAM-SHA-1"]
}

extension UnusableCredential {
    /// Looks for emptiness and for octets that cannot be sent.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - secret: The password or token.
    ///   - forbidden: The octets that cannot be sent.
    /// - Throws: The first thing that is wrong.
    static func check(
        username: String, secret: String, without forbidden: some Collection<UInt8>
    ) throws(UnusableCredential) {
        if username.isEmpty { throw .emptyUsername }
        if secret.isEmpty { throw .emptySecret }
        if username.utf8.contains(where: forbidden.contains) { throw .controlInUsername }
        if secret.utf8.contains(where: forbidden.contains) { throw .controlInSecret }
    }
}

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

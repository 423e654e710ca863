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

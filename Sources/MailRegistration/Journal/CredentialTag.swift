import MailModel
import MailNetwork

/// Short keyed tags that tell whether a secret changed, and hardly more.
///
/// The tag of user names and passwords has 16 bits on purpose. It misses one change in 65,536; and whoever steals the
/// journal with its key can sort out guesses of a password to one in 65,536, and no further. A whole hash, keyed or
/// not, would let a thief test each guess for certain. An API key is random and long, so its tag has 64 bits.
struct CredentialTag {
    /// The journal's random key.
    let key: [UInt8]

    /// The tag of everything that a login takes.
    func fingerprint(of request: RegistrationRequest) -> String? {
        let parts = [
            request.settings.smtpUsername ?? "", request.passwords.smtp.revealed,
            request.settings.imapUsername ?? "", request.passwords.imap.revealed,
        ]
        return tag(purpose: "credentials", parts, octets: 2)
    }

    /// The tag of an API key.
    func tag(of apiKey: APIKey) -> String? { tag(purpose: "api key", [apiKey.secret.revealed], octets: 8) }

    /// The tag of what a caller sent besides secrets, whole: nothing in it is worth guessing.
    func tag(ofBody text: String) -> String? { tag(purpose: "body", [text], octets: 32) }

    /// The tag of the secrets that a caller sent: as short as that of credentials, for the same reason.
    func tag(ofSecrets secrets: [String]) -> String? { tag(purpose: "secrets", secrets, octets: 2) }

    /// The tag of a name that a caller chose, in which anything may stand.
    func tag(ofName name: String) -> String? { tag(purpose: "name", [name], octets: 32) }

    /// Each part goes in behind its length, so that no two lists give the same message.
    private func tag(purpose: String, _ parts: [String], octets: Int) -> String? {
        let message = ([purpose] + parts).flatMap { part in Array("\(part.utf8.count):".utf8) + Array(part.utf8) }
        return KeyedHash.sha256(message, key: key)?.prefix(octets).map { octet in
            let digits = String(octet, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// The hash functions that SASL mechanisms are built on.
public enum SASLHash: Hashable, Sendable {
    /// MD5 (RFC 1321), for CRAM-MD5 only.
    case md5
    /// SHA-1, for SCRAM-SHA-1 only.
    case sha1
    /// SHA-256.
    case sha256
}

/// The one-way functions that challenge mechanisms need. They are handed down, since this module has neither C nor
/// a source of chance; without them, only mechanisms that send the secret itself can be spoken.
public protocol SASLCryptography: Sendable {
    /// Hashes octets.
    ///
    /// - Parameters:
    ///   - octets: Any octets.
    ///   - hash: The function.
    /// - Returns: The digest, nil when the machine does not have the function.
    func digest(_ octets: [UInt8], _ hash: SASLHash) -> [UInt8]?

    /// HMAC (RFC 2104).
    ///
    /// - Parameters:
    ///   - message: Any octets.
    ///   - key: The key.
    ///   - hash: The function below it.
    /// - Returns: The code, nil when the machine does not have the function.
    func authenticationCode(_ message: [UInt8], key: [UInt8], _ hash: SASLHash) -> [UInt8]?

    /// PBKDF2 (RFC 8018, section 5.2) with as many octets as the hash has; `Hi` of RFC 5802, section 2.2.
    ///
    /// - Parameters:
    ///   - password: The password, prepared.
    ///   - salt: The salt.
    ///   - iterations: How often; the caller has a limit.
    ///   - hash: The function below it.
    /// - Returns: The key, nil when the machine does not have the function.
    func stretchedKey(_ password: [UInt8], salt: [UInt8], iterations: Int, _ hash: SASLHash) -> [UInt8]?

    /// A fresh nonce.
    ///
    /// - Returns: At least 18 characters that nobody can foresee, visible ASCII without a comma.
    func nonce() -> String
}

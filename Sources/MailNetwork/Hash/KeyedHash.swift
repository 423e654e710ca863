internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104, RFC 6234), by OpenSSL.
public enum KeyedHash {
    /// Computes the tag of a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - key: The key; it should be random and 32 octets long.
    /// - Returns: 32 octets; nil when OpenSSL refuses, which it has no reason to.
    public static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        OpenSSLErrors.clear()
        var tag = [UInt8](repeating: 0, count: 32)
        var length = 0
        let isDone = EVP_Q_mac(
            nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count, &tag, tag.count, &length)
        guard isDone != nil, length == tag.count else {
            OpenSSLErrors.clear()
            return nil
        }
        return tag
    }
}

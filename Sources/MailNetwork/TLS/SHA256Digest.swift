internal import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256Digest {
    /// The digest of some octets.
    ///
    /// - Parameter octets: The octets.
    /// - Returns: 32 octets; none when OpenSSL cannot compute it, which matches nothing.
    public static func of(_ octets: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        ERR_clear_error()
        guard EVP_Digest(octets, octets.count, &digest, &length, EVP_sha256(), nil) == 1 else { return [] }
        return Array(digest.prefix(Int(length)))
    }
}

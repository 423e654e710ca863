internal import COpenSSL

/// The hash functions of challenge logins, by OpenSSL: alone, keyed (HMAC, RFC 2104) and repeated (PBKDF2, RFC 8018).
public enum DigestFunction: Hashable, Sendable, CaseIterable {
    /// MD5 (RFC 1321).
    case md5
    /// SHA-1.
    case sha1
    /// SHA-256.
    case sha256

    /// More rounds are never done, whoever asks for them: they take half a second.
    public static let maximumIterations = 1_000_000

    /// Hashes octets.
    ///
    /// - Parameter octets: Any octets.
    /// - Returns: The digest, nil when this build of OpenSSL does not have the function.
    public func digest(_ octets: [UInt8]) -> [UInt8]? {
        collect { output, length in EVP_Digest(octets, octets.count, output, &length, function, nil) == 1 }
    }

    /// HMAC.
    ///
    /// - Parameters:
    ///   - message: Any octets.
    ///   - key: The key.
    /// - Returns: The code, nil when this build of OpenSSL does not have the function.
    public func authenticationCode(_ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        // OpenSSL takes a null key for "the key of the last call".
        let known = key.isEmpty ? [0] : key
        return collect { output, length in
            HMAC(function, known, Int32(clamping: known.count), message, message.count, output, &length) != nil
        }
    }

    /// PBKDF2 with HMAC, as many octets as the digest has.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - salt: The salt.
    ///   - iterations: How often, at least once and at most `maximumIterations`. A server names it, and each one keeps a
    ///     processor busy for about half a microsecond: call this within `HeavyWork.run`.
    /// - Returns: The key, nil when this build of OpenSSL does not have the function, or for a count out of range.
    public func stretchedKey(_ password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8]? {
        guard (1...Self.maximumIterations).contains(iterations) else { return nil }
        let count = Int32(clamping: password.count)
        let characters = password.map { CChar(bitPattern: $0) }
        return collect { output, length in
            length = UInt32(EVP_MD_get_size(function))
            return PKCS5_PBKDF2_HMAC(
                characters, count, salt, Int32(clamping: salt.count), Int32(clamping: iterations), function,
                Int32(length), output) == 1
        }
    }

    private var function: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        }
    }

    private func collect(_ body: (UnsafeMutablePointer<UInt8>, inout UInt32) -> Bool) -> [UInt8]? {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        var length: UInt32 = 0
        var succeeded = false
        let result = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            succeeded = body(start, &length)
            count = succeeded ? Int(length) : 0
        }
        return succeeded ? result : nil
    }
}

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

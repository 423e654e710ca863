internal import MailNetwork
internal import MailProtocol

/// Hands OpenSSL's hash functions, and chance, to the SASL mechanisms.
struct SASLDigests: SASLCryptography {
    func digest(_ octets: [UInt8], _ hash: SASLHash) -> [UInt8]? { Self.function(hash).digest(octets) }

    func authenticationCode(_ message: [UInt8], key: [UInt8], _ hash: SASLHash) -> [UInt8]? {
        Self.function(hash).authenticationCode(message, key: key)
    }

    func stretchedKey(_ password: [UInt8], salt: [UInt8], iterations: Int, _ hash: SASLHash) -> [UInt8]? {
        Self.function(hash).stretchedKey(password, salt: salt, iterations: iterations)
    }

    /// 128 bits in hexadecimal.
    func nonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next(upperBound: UInt64(1) << 32), radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func function(_ hash: SASLHash) -> DigestFunction {
        switch hash {
        case .md5: .md5
        case .sha1: .sha1
        case .sha256: .sha256
        }
    }
}

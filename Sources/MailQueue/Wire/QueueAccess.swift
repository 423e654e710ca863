internal import COpenSSL
internal import FoundationEssentials
public import MailModel

/// How a process proves who it is to the queue, and whose certificates it trusts.
public struct QueueAccess: Sendable {
    /// Who somebody is.
    enum Proof: Sendable {
        case nobody
        case user(String, Secret)
        /// A file with a user's JWT and seed, as `nsc` writes it.
        case credentials(String)
        /// A file with the seed of an NKEY, and its public half.
        case seed(String, publicKey: String)
    }

    let proof: Proof
    /// A file of PEM certificates; nil for the system's alone.
    let caFile: String?

    /// Nobody in particular.
    public init(caFile: String? = nil) {
        proof = .nobody
        self.caFile = caFile
    }

    /// A user with a password.
    public init(user: String, password: Secret, caFile: String? = nil) {
        proof = .user(user, password)
        self.caFile = caFile
    }

    /// A file of credentials: a JWT with its seed, or the seed of an NKEY alone.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - octets: What it holds.
    ///   - caFile: A file of PEM certificates.
    /// - Throws: `QueueError` when it is neither.
    public init(credentials path: String, octets: [UInt8], caFile: String? = nil) throws(QueueError) {
        self.caFile = caFile
        let text = String(decoding: octets, as: UTF8.self)
        if text.contains("BEGIN NATS USER JWT") {
            proof = .credentials(path)
            return
        }
        let seed = text.split(whereSeparator: \.isNewline).map { String($0).trimmingWhitespace() }
            .first { $0.hasPrefix("SU") }
        guard let seed, let key = NKEY.publicKey(ofSeed: seed) else {
            throw QueueError(
                .badFile, "\(ServerText(path)) holds neither NATS credentials nor the seed of a user's NKEY (SU...)")
        }
        proof = .seed(path, publicKey: key)
    }
}

/// Keys of NATS users: Ed25519 with a prefix and a checksum, in base32
/// (https://docs.nats.io/running-a-nats-service/nats_admin/security/jwt#nkeys).
enum NKEY {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    /// `U`, a user.
    private static let userPrefix: UInt8 = 20 << 3

    /// The public key of a user's seed; nil for what is none.
    static func publicKey(ofSeed text: String) -> String? {
        // Two octets of prefix, 32 of the seed, two of the checksum.
        guard let raw = decoded(text), raw.count == 36, checksum(raw.prefix(34)) == Array(raw.suffix(2)) else {
            return nil
        }
        guard let key = ed25519(Array(raw[2..<34])) else { return nil }
        let body = [userPrefix] + key
        return encoded(body + checksum(body[...]))
    }

    private static func ed25519(_ seed: [UInt8]) -> [UInt8]? {
        ERR_clear_error()
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        var result = [UInt8](repeating: 0, count: 32)
        var count = result.count
        guard EVP_PKEY_get_raw_public_key(key, &result, &count) == 1, count == 32 else { return nil }
        return result
    }

    /// CRC-16 with the polynomial 0x1021, from 0, low octet first.
    private static func checksum(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        var crc: UInt16 = 0
        for octet in octets {
            crc ^= UInt16(octet) << 8
            for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x1021 }
        }
        return [UInt8(crc & 0xFF), UInt8(crc >> 8)]
    }

    private static func decoded(_ text: String) -> [UInt8]? {
        var (bits, count): (UInt32, Int) = (0, 0)
        var result: [UInt8] = []
        for octet in text.utf8 {
            guard let value = alphabet.firstIndex(of: octet) else { return nil }
            bits = bits << 5 | UInt32(value)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            bits &= (1 << UInt32(count)) - 1
        }
        return result
    }

    private static func encoded(_ octets: [UInt8]) -> String {
        var (bits, count): (UInt32, Int) = (0, 0)
        var result: [UInt8] = []
        func add(_ value: UInt32) { result.append(alphabet[Int(value & 31)]) }
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            count += 8
            while count >= 5 {
                count -= 5
                add(bits >> UInt32(count))
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { add(bits << UInt32(5 - count)) }
        return String(decoding: result, as: UTF8.self)
    }
}

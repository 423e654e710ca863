internal import FoundationEssentials
public import MailModel
internal import MailNetwork
internal import Synchronization

/// The keys that rows are sealed with: lines of 32 octets in base64 or hexadecimal digits, with `id:` before them where there
/// are several. The first seals, all open.
public struct KeyFile: Sendable {
    /// One key.
    struct Key: Sendable {
        /// What messages call it.
        let id: String
        let octets: SecretOctets
    }

    let keys: [Key]

    /// Octets that are overwritten when nobody needs them any more.
    final class SecretOctets: Sendable {
        private let held: Mutex<[UInt8]>

        init(_ octets: [UInt8]) { held = Mutex(octets) }

        deinit { held.withLock { Secret.wipe(&$0) } }

        var octets: [UInt8] { held.withLock { $0 } }
    }

    /// The octets of a key.
    static let length = 32

    /// Reads a file's contents.
    ///
    /// - Parameter octets: What the file holds.
    /// - Throws: `QueueError` with the line that is wrong; it quotes nothing of a key.
    public init(_ octets: [UInt8]) throws(QueueError) {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw QueueError(.badFile, "the key file is no text")
        }
        var keys: [Key] = []
        for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = String(line).trimmingWhitespace()
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let key = Self.key(line) else {
                throw QueueError(
                    .badFile,
                    "line \(place + 1) of the key file is no key: 32 octets in base64 or 64 hexadecimal digits, with id: before them"
                )
            }
            guard !keys.contains(where: { $0.id == key.id }) else {
                throw QueueError(.badFile, "line \(place + 1) of the key file has the id of an earlier line")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw QueueError(.badFile, "the key file holds no key") }
        self.keys = keys
    }

    private static func key(_ line: String) -> Key? {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = String(parts.last ?? "").trimmingWhitespace()
        guard let octets = hexadecimal(digits) ?? Data(base64Encoded: padded(digits)).map(Array.init),
            octets.count == length
        else { return nil }
        guard parts.count == 2 else { return Key(id: fingerprint(octets), octets: SecretOctets(octets)) }
        let id = String(parts[0]).trimmingWhitespace()
        let isName = id.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || "._-".utf8.contains($0)
        }
        guard isName, (1...64).contains(id.utf8.count) else { return nil }
        return Key(id: id, octets: SecretOctets(octets))
    }

    /// A key without a name is called by four octets of its hash, which say nothing of it.
    private static func fingerprint(_ octets: [UInt8]) -> String {
        let digest = SHA256Digest.of(Array("mailconnect key".utf8) + octets)
        return "k" + QueueText.hexadecimal(digest.prefix(4))
    }

    private static func padded(_ text: String) -> String {
        text.hasSuffix("=") ? text : text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        guard text.utf8.count == length * 2 else { return nil }
        var result: [UInt8] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let octet = UInt8(rest.prefix(2), radix: 16), rest.first != "+", rest.first != "-" else { return nil }
            result.append(octet)
            rest = rest.dropFirst(2)
        }
        return result
    }

    /// A new key, as a line for a file.
    ///
    /// - Returns: The line, with its end.
    public static func newLine() -> Secret {
        var random = SystemRandomNumberGenerator()
        let octets = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return Secret(Data(octets).base64EncodedString() + "\n")
    }
}

/// Small forms of text.
enum QueueText {
    /// Octets in hexadecimal digits.
    static func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Whether a text is made of small hexadecimal digits, and safe in a subject.
    static func isHexadecimal(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

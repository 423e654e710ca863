import Foundation

/// Takes secrets out of text that a peer sent back: a reply, a challenge, an error body.
///
/// It knows each secret raw (in any case), percent-encoded, with the quoting of IMAP, JSON and HTML, and in base64 at
/// each of the three alignments that a secret can have inside a longer blob. Of such a blob, the SASL message of a login
/// for example, everything is masked: its first and last characters hold bits of the secret too.
public struct Redactor: Sendable, CustomStringConvertible, CustomReflectable {
    /// What stands where a secret was.
    public static let mask = "[redacted]"

    /// Octets of text that `text` keeps.
    private static let textLimit = 4096

    private let search: SecretSearch

    /// A redactor that changes nothing.
    public static let none = Redactor(secrets: [])

    /// Makes a redactor.
    ///
    /// - Parameters:
    ///   - secrets: The secrets of this run. Those of fewer than three characters are looked for inside blobs only: masking
    ///     each "a" of a reply would show what the secret is.
    ///   - usernames: Who may log in with them, for the blobs that hold both.
    public init(secrets: [Secret], usernames: [String] = []) {
        var plain: [String] = []
        var base64: [String] = []
        // Most often one password serves both sides. By octets: equal to Swift is not equal on the wire.
        var seen: Set<[UInt8]> = []
        for secret in secrets.map(\.revealed) where !secret.isEmpty && seen.insert(Array(secret.utf8)).inserted {
            base64 += Self.blobs(of: secret, usernames)
            guard secret.count >= 3 else { continue }
            // A server may answer in another normal form; Swift takes the two for equal, the octets differ.
            var normal = [secret]
            if secret.utf8.contains(where: { $0 >= 0x80 }) {
                normal += [secret.precomposedStringWithCanonicalMapping, secret.decomposedStringWithCanonicalMapping]
            }
            plain += normal.flatMap(Self.forms)
            for alignment in 0..<3 { base64 += Self.base64(of: secret, alignment: alignment) }
        }
        search = SecretSearch(plain: plain, base64: base64)
    }

    /// Always `Redactor`: what it looks for is what must not be printed.
    public var description: String { "Redactor" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The text with every form of every secret masked.
    ///
    /// - Parameter text: Text from a peer.
    /// - Returns: The text, safe to store and show.
    public func redact(_ text: String) -> String {
        let octets = Array(text.utf8)
        let found = search.ranges(in: octets)
        guard !found.isEmpty else { return text }
        var result: [UInt8] = []
        var position = 0
        for range in found {
            result += octets[position..<range.lowerBound] + Array(Self.mask.utf8)
            position = range.upperBound
        }
        return String(decoding: result + octets[position...], as: UTF8.self)
    }

    /// Octets from a peer as text that is safe to store and show.
    ///
    /// It is cut to length last: half a secret would not be found.
    ///
    /// - Parameter octets: What the peer sent.
    /// - Returns: The escaped text, secrets masked.
    public func text(_ octets: some Collection<UInt8>) -> ServerText {
        let whole = redact(ServerText(octets: octets, limit: .max).escaped)
        return ServerText(octets: Array(whole.utf8), limit: Self.textLimit)
    }

    private static func forms(of secret: String) -> [String] {
        var result = [secret, secret.lowercased(), secret.uppercased(), ServerText(secret).escaped]
        result += SecretSpellings.all(of: secret)
        for allowed in encodings {
            guard let encoded = secret.addingPercentEncoding(withAllowedCharacters: allowed) else { continue }
            result.append(encoded)
            if secret.utf8.contains(0x20) { result.append(encoded.replacing("%20", with: "+")) }
        }
        if secret.utf8.contains(0x20) { result.append(secret.replacing(" ", with: "+")) }
        return result.filter { $0.count >= 3 }
    }

    /// What percent-encoders leave as it is (RFC 3986, section 2.3, and those who differ).
    private static let encodings: [CharacterSet] = {
        let alphanumerics = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
        let unreserved = CharacterSet(charactersIn: "-._~").union(alphanumerics)
        return [
            alphanumerics, .urlQueryAllowed, unreserved, unreserved.union(CharacterSet(charactersIn: "/")),
        ]
    }()

    /// The SASL messages that carry the secret, whole: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER.
    private static func blobs(of secret: String, _ usernames: [String]) -> [String] {
        var messages = [secret]
        for username in usernames {
            messages.append("\0\(username)\0\(secret)")
            messages.append("\(username)\0\(username)\0\(secret)")
            messages.append("user=\(username)\u{1}auth=Bearer \(secret)\u{1}\u{1}")
            messages.append("n,a=\(username),\u{1}auth=Bearer \(secret)\u{1}\u{1}")
        }
        return messages.map { message in
            var encoded = Data(message.utf8).base64EncodedString()
            while encoded.hasSuffix("=") { encoded.removeLast() }
            return encoded
        }
    }

    /// The characters of the base64 of a longer blob that depend on the secret alone, when it starts at `alignment`.
    private static func base64(of secret: String, alignment: Int) -> [String] {
        let padded = Data(repeating: 0, count: alignment) + Data(secret.utf8)
        let encoded = padded.base64EncodedString()
        let significant = padded.count * 8 / 6
        let first = (alignment * 8 + 5) / 6
        guard significant > first + 3 else { return [] }
        let start = encoded.index(encoded.startIndex, offsetBy: first)
        let end = encoded.index(encoded.startIndex, offsetBy: significant)
        let inner = String(encoded[start..<end])
        let urlSafe = inner.replacing("+", with: "-").replacing("/", with: "_")
        return [inner, urlSafe]
    }
}

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
    /// - Parameter secrets: The secrets of this run. Those of fewer than three characters are left alone: masking each
    ///   "a" of a reply would show what the secret is.
    public init(secrets: [Secret]) {
        var plain: Set<String> = []
        var base64: Set<String> = []
        for secret in secrets.map(\.revealed) where secret.count >= 3 {
            plain.formUnion(Self.forms(of: secret))
            for alignment in 0..<3 { base64.formUnion(Self.base64(of: secret, alignment: alignment)) }
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

    private static func forms(of secret: String) -> Set<String> {
        var result: Set<String> = [secret, secret.lowercased(), secret.uppercased(), ServerText(secret).escaped]
        for allowed in [
            CharacterSet.alphanumerics, .urlQueryAllowed, CharacterSet(charactersIn: "-._~").union(.alphanumerics),
        ] {
            guard let encoded = secret.addingPercentEncoding(withAllowedCharacters: allowed) else { continue }
            result.formUnion([encoded, encoded.replacing("%20", with: "+")])
        }
        let quoted = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        result.formUnion([quoted, quoted.replacing("/", with: "\\/")])
        result.insert(secret.replacing(" ", with: "+"))
        result.formUnion(htmlForms(of: secret))
        return result.filter { $0.count >= 3 }
    }

    private static func htmlForms(of secret: String) -> [String] {
        let text = secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let attribute = text.replacing("\"", with: "&quot;")
        return [text, attribute, attribute.replacing("'", with: "&#39;"), attribute.replacing("'", with: "&#x27;")]
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

/// Takes secrets out of text that a peer sent back: a reply, a challenge, an error body, a certificate.
///
/// It finds each secret raw (in any case), behind the escapes of URLs, HTML, JSON, Python and quoted-printable, each of them
/// also twice, in base64 (also of UTF-16, and of base64) and hexadecimal digits, folded, grouped, spread over the lines of
/// a reply, and cut at either end (`SecretPatterns` says how much of it counts). Of a blob of base64, the SASL message of a
/// login for example, everything is masked: its first and last characters hold bits of the secret too.
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
        // Most often one password serves both sides. By octets: equal to Swift is not equal on the wire.
        var seen: Set<[UInt8]> = []
        let different = secrets.map(\.revealed).filter { seen.insert(Array($0.utf8)).inserted }
        search = SecretSearch(SecretPatterns(different, usernames: usernames))
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
        guard !search.isEmpty else { return text }
        let octets = Array(text.utf8)
        let found = search.ranges(in: octets)
        return found.isEmpty ? text : Self.masked(octets, found)
    }

    /// Octets from a peer as text that is safe to store and show.
    ///
    /// It is cut to length last: half a secret would not be found.
    ///
    /// - Parameter octets: What the peer sent.
    /// - Returns: The escaped text, secrets masked.
    public func text(_ octets: some Collection<UInt8>) -> ServerText {
        let whole = ServerText(octets: octets, limit: .max)
        let octets = Array(whole.escaped.utf8)
        let found = search.ranges(in: octets)
        if found.isEmpty, octets.count <= Self.textLimit { return whole }
        return ServerText(octets: Array(Self.masked(octets, found).utf8), limit: Self.textLimit)
    }

    /// The lines of one reply as texts that are safe to store and show, with a secret masked that goes on from one line to
    /// the next.
    ///
    /// - Parameters:
    ///   - lines: What the peer sent, without line ends.
    ///   - heads: Octets at the head of each line that are no part of what it says, such as `535-5.7.8 `: ASCII, which is
    ///     not searched.
    /// - Returns: A text for each line.
    public func texts(_ lines: [[UInt8]], heads: [Int]) -> [ServerText] {
        guard lines.count > 1, !search.isEmpty else { return lines.map { text($0) } }
        let shown = lines.map { Array(ServerText(octets: $0, limit: .max).escaped.utf8) }
        var joined: [UInt8] = []
        // Where each line's text begins in itself and in the whole. A head is as long as it was before it was escaped.
        var parts: [(head: Int, begin: Int)] = []
        for (place, line) in shown.enumerated() {
            let head = min(heads.indices.contains(place) ? heads[place] : 0, line.count)
            parts.append((head, joined.count))
            joined += line[head...] + [0x0A]
        }
        var across = search.ranges(in: joined, isFolded: true)[...]
        return zip(shown, parts).map { line, part in
            let end = part.begin + line.count - part.head
            let shift = part.head - part.begin
            var ranges: [Range<Int>] = []
            while let range = across.first, range.lowerBound < end {
                let inside = range.clamped(to: part.begin..<end)
                if !inside.isEmpty { ranges.append((inside.lowerBound + shift)..<(inside.upperBound + shift)) }
                guard range.upperBound <= end else { break }
                across.removeFirst()
            }
            return ServerText(octets: Array(Self.masked(line, ranges).utf8), limit: Self.textLimit)
        }
    }

    /// The same lines as one text, joined by a blank each.
    ///
    /// - Parameter lines: What the peer sent, without line ends and what stands at the heads of lines.
    /// - Returns: The text.
    public func text(joining lines: [[UInt8]]) -> ServerText {
        let shown = texts(lines, heads: []).map(\.escaped).filter { !$0.isEmpty }.joined(separator: " ")
        return text(Array(shown.utf8))
    }

    private static func masked(_ octets: [UInt8], _ found: [Range<Int>]) -> String {
        var result: [UInt8] = []
        var position = 0
        for range in found {
            result += octets[position..<range.lowerBound]
            result += Array(mask.utf8)
            position = range.upperBound
        }
        return String(decoding: result + octets[position...], as: UTF8.self)
    }
}

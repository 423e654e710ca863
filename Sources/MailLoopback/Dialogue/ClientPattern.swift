/// What the client is expected to say in one line of a dialogue.
///
/// Letters match in either case, `*` matches anything, `{tag}` matches one word, and `{base64 TEXT}` matches the Base64
/// form of TEXT (escapes allowed in it) letter by letter.
struct ClientPattern: Hashable, Sendable {
    /// More would let one line of a file cost a server too much time.
    static let maximumWildcards = 3

    private enum Piece: Hashable, Sendable {
        case text([UInt8], exact: Bool)
        case anything
        case word
    }

    private let pieces: [Piece]

    /// Reads a pattern; nil when an escape is wrong or there are too many wildcards.
    init?(_ text: some StringProtocol) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}"), let piece = Self.braced(rest[open...close]) else {
                break
            }
            guard let before = Self.plain(rest[..<open]) else { return nil }
            pieces += before + [piece]
            rest = rest[rest.index(after: close)...]
        }
        guard let after = Self.plain(rest) else { return nil }
        self.pieces = pieces + after
        guard self.pieces.count(where: { $0 == .anything }) <= Self.maximumWildcards else { return nil }
    }

    /// Whether a line, given without its end, is what is expected.
    func matches(_ line: [UInt8]) -> Bool { Self.match(pieces[...], line[...]) }

    private static func braced(_ text: Substring) -> Piece? {
        let inner = text.dropFirst().dropLast()
        if inner == "tag" { return .word }
        guard inner.hasPrefix("base64 "), let octets = DialogueEscape.octets(of: inner.dropFirst(7)) else { return nil }
        return .text(Base64Text.encode(octets.map(\.value)), exact: true)
    }

    private static func plain(_ text: Substring) -> [Piece]? {
        guard let octets = DialogueEscape.octets(of: text) else { return nil }
        let star = DialogueEscape.Octet(value: UInt8(ascii: "*"), isEscaped: false)
        let parts = octets.split(separator: star, omittingEmptySubsequences: false).map { part in
            part.isEmpty ? [] : [Piece.text(part.map { lowercase($0.value) }, exact: false)]
        }
        return Array(parts.joined(separator: [.anything]))
    }

    private static func match(_ pieces: ArraySlice<Piece>, _ line: ArraySlice<UInt8>) -> Bool {
        guard let piece = pieces.first else { return line.isEmpty }
        let others = pieces.dropFirst()
        switch piece {
        case .text(let octets, let exact):
            let head = line.prefix(octets.count)
            let isSame = exact ? head.elementsEqual(octets) : head.lazy.map(lowercase).elementsEqual(octets)
            return isSame && match(others, line.dropFirst(octets.count))
        case .word:
            let word = line.prefix { $0 != UInt8(ascii: " ") }
            return !word.isEmpty && match(others, line.dropFirst(word.count))
        case .anything:
            return others.isEmpty || (0...line.count).contains { match(others, line.dropFirst($0)) }
        }
    }

    private static func lowercase(_ octet: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(octet) ? octet | 0x20 : octet
    }
}

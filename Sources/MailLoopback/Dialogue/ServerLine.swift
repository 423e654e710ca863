/// What the server says in one line of a dialogue: octets, with places for the tag of the client's last command.
struct ServerLine: Hashable, Sendable {
    private let pieces: [[UInt8]]

    /// Reads `{tag}` and the escapes; nil when an escape is wrong.
    init?(_ text: some StringProtocol, lineEnd: Bool) {
        let parts = text.split(separator: "{tag}", omittingEmptySubsequences: false)
        var pieces: [[UInt8]] = []
        for part in parts {
            guard let octets = DialogueEscape.octets(of: part) else { return nil }
            pieces.append(octets.map(\.value))
        }
        if lineEnd { pieces[pieces.count - 1] += Array("\r\n".utf8) }
        self.pieces = pieces
    }

    /// Octets as they are.
    init(octets: [UInt8]) { pieces = [octets] }

    /// The octets for the wire.
    func octets(tag: [UInt8]) -> [UInt8] { Array(pieces.joined(separator: tag)) }
}

internal import MailNetwork
internal import Synchronization

/// Who may ask: names and tokens, compared in a time that tells nothing about them.
public struct Tokens: Sendable {
    /// Why a file of tokens cannot be used.
    public struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// The line, from 1; nil for the file as a whole.
        public let line: Int?
        /// What is wrong. It holds no token.
        public let description: String
    }

    private let key: [UInt8]
    private let entries: [(name: String, tag: [UInt8])]

    /// Reads a file of tokens: `name:token`, one a line. Empty lines, and lines that begin with `#`, count for nothing.
    ///
    /// - Parameter text: What the file holds.
    /// - Throws: `Mistake` when there is no token in it, or a line is not of that form.
    public init(_ text: String) throws(Mistake) {
        var random = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        var entries: [(name: String, tag: [UInt8])] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard line.utf8.contains(where: { $0 > 0x20 }), !line.hasPrefix("#") else { continue }
            let place = number + 1
            guard let colon = line.firstIndex(of: ":") else {
                throw Mistake(line: place, description: "name:token must stand here")
            }
            let name = String(line[..<colon])
            let token = line[line.index(after: colon)...]
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameOctet), name.utf8.count <= 64 else {
                throw Mistake(
                    line: place, description: "a name has 1 to 64 letters, digits, dots, dashes or underscores")
            }
            guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Mistake(line: place, description: "a token has printable ASCII characters and no blanks")
            }
            guard !entries.contains(where: { $0.name == name }) else {
                throw Mistake(line: place, description: "the name \(name) stands there twice")
            }
            entries.append((name, Self.tag(Array(token.utf8), key)))
        }
        guard !entries.isEmpty else { throw Mistake(line: nil, description: "there is no token in it") }
        self.entries = entries
    }

    /// The name that a token belongs to; nil for no token of ours. Every entry is looked at, whatever the first ones say.
    func name(of token: String) -> String? {
        let given = Self.tag(Array(token.utf8), key)
        var found: String?
        for entry in entries where Self.isEqual(entry.tag, given) { found = found ?? entry.name }
        return found
    }

    /// A token as a tag of a fixed length under a key of this process: neither its length nor how much of it is right shows in
    /// the time that a comparison takes.
    private static func tag(_ token: [UInt8], _ key: [UInt8]) -> [UInt8] {
        KeyedHash.sha256(token, key: key) ?? []
    }

    private static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count, !one.isEmpty else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func isNameOctet(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
            || [0x2D, 0x2E, 0x5F].contains(octet)
    }
}

/// A LIST response (RFC 9051, section 7.3.1): `* LIST (\HasNoChildren \Sent) "/" "Sent Items"`.
struct IMAPMailbox: Hashable, Sendable {
    /// The special uses that are known (RFC 6154, section 2; RFC 8457, section 3), spelt as there.
    static let specialUses = [
        "\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash",
    ]

    /// The attributes, upper case.
    let attributes: [String]
    /// The name as sent.
    let name: [UInt8]

    /// Reads what follows the word LIST.
    ///
    /// - Parameter scanner: A scanner behind the word.
    init?(_ scanner: inout IMAPScanner) {
        scanner.skipSpaces()
        guard let attributes = scanner.list(of: { $0.word() }) else { return nil }
        scanner.skipSpaces()
        guard scanner.string() != nil else { return nil }
        scanner.skipSpaces()
        guard let name = scanner.string() else { return nil }
        self.attributes = attributes.map { ASCII.keyword($0) }
        self.name = name
    }

    /// Whether there is such a mailbox: a server may list one that does not exist but has children.
    var exists: Bool { !attributes.contains("\\NONEXISTENT") }

    /// The special uses among the attributes.
    var specialUses: [String] { Self.specialUses.filter { attributes.contains(ASCII.keyword($0.utf8)) } }
}

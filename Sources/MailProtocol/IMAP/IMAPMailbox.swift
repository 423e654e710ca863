/// A LIST response (RFC 9051, section 7.3.1): `* LIST (\HasNoChildren \Sent) "/" "Sent Items"`; or one to XLIST, which
/// some servers had before special uses were standard.
struct IMAPMailbox: Hashable, Sendable {
    /// The special uses that are known (RFC 6154, section 2; RFC 8457, section 3), spelt as there.
    static let specialUses = [
        "\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash",
    ]

    /// What XLIST calls them.
    private static let olderNames = ["\\SPAM": "\\Junk", "\\ALLMAIL": "\\All", "\\STARRED": "\\Flagged"]

    /// The attributes, upper case.
    let attributes: [String]
    /// What stands between the parts of a name, nil for NIL.
    let delimiter: UInt8?
    /// The name as sent.
    let name: [UInt8]

    /// Reads what follows the word LIST.
    ///
    /// - Parameter scanner: A scanner behind the word.
    init?(_ scanner: inout IMAPScanner) {
        scanner.skipSpaces()
        guard let attributes = scanner.list(of: { $0.word() }) else { return nil }
        scanner.skipSpaces()
        guard let delimiter = scanner.string() else { return nil }
        scanner.skipSpaces()
        guard let name = scanner.string() else { return nil }
        self.attributes = attributes.map { ASCII.keyword($0) }
        self.delimiter = delimiter.count == 1 ? delimiter.first : nil
        self.name = name
    }

    /// Whether there is such a mailbox: a server may list one that does not exist but has children.
    var exists: Bool { !attributes.contains("\\NONEXISTENT") }

    /// Whether it can be opened.
    var canBeOpened: Bool { exists && !attributes.contains("\\NOSELECT") }

    /// The special uses among the attributes.
    var specialUses: [String] {
        let older = attributes.compactMap { Self.olderNames[$0] }
        return Self.specialUses.filter { attributes.contains(ASCII.keyword($0.utf8)) || older.contains($0) }
    }
}

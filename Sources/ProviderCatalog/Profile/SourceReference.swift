public import MailJSON

/// Where a part of a profile was learnt.
public struct SourceReference: Hashable, Sendable {
    /// The parts of a profile that need a source.
    public enum Section: String, Hashable, Sendable, CaseIterable {
        /// The mail domains.
        case domains
        /// The mail exchangers.
        case mx
        /// The fingerprints.
        case fingerprints
        /// The SMTP servers and the form of their user name.
        case smtp
        /// The IMAP servers and the form of their user name.
        case imap
        /// The kind of password.
        case password
        /// The switches.
        case switches
        /// The restrictions of plans.
        case restrictions
        /// The regions.
        case regions
    }

    /// The parts it speaks for.
    public var sections: Set<Section>
    /// A web address, an RFC, or a public file known by number only.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When it was written, as far as it says so.
    public var published: String?
    /// What it speaks for in particular.
    public var note: String?
}

extension SourceReference {
    /// How it stands in a profile.
    public static let json = JSONDescription<SourceReference>.object(
        SourceReference.init(sections:source:date:published:note:),
        .field("for", \.sections, sections, "The parts that it speaks for."),
        .field("source", \.source, .filledText, "A web address, an RFC, or a public file known by number only."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field(
            "published", \.published, .optional(.filledText), missing: nil,
            "The date on the page itself, as far as it has one."),
        .field("note", \.note, .optional(.filledText), missing: nil, "What it speaks for in particular."))

    private static let sections = JSONDescription<[Section]>
        .list(.word("a part of a profile that needs a source"), atLeast: 1)
        .mapped { sections in
            Set(sections)
        } write: { (sections: Set<Section>) -> [Section] in
            sections.sorted { $0.rawValue < $1.rawValue }
        }
}

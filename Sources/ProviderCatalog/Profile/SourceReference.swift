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
    /// A web address, an RFC, or the file of a repository at a full commit.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When it was written or last changed, as far as it says so.
    public var published: String?
    /// What it speaks for in particular.
    public var note: String?
    /// How sure it is; nil for what the kind of source makes it.
    public var confidence: SourceConfidence?
}

extension SourceReference {
    /// How it stands in a profile.
    public static let json = JSONDescription<SourceReference>.object(
        SourceReference.init(sections:source:date:published:note:confidence:),
        .field("for", \.sections, sections, "The parts that it speaks for."),
        .field("source", \.source, .filledText, "A web address, an RFC, or a file of a repository at a full commit."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, publishedWords),
        .field("note", \.note, .optional(.filledText), missing: nil, "What it speaks for in particular."),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words))

    /// What the key `published` says, for the schema.
    static let publishedWords = "The day on the page itself, of its last change, as far as it has one."

    private static let sections = JSONDescription<[Section]>
        .list(.word("a part of a profile that needs a source"), atLeast: 1)
        .mapped { sections in
            Set(sections)
        } write: { (sections: Set<Section>) -> [Section] in
            sections.sorted { $0.rawValue < $1.rawValue }
        }
}

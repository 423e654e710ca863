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
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words)
    ).shortened(usual)

    /// One in its usual form, member by member: half of all objects of the profiles are sources. Nil for whatever the long
    /// way may refuse.
    private static let usual: @Sendable (JSONValue) -> SourceReference? = { value in
        guard case .object(let object) = value else { return nil }
        var sections: Set<Section>?
        var source: String?
        var date: CatalogDate?
        var published: String?
        var note: String?
        var confidence: SourceConfidence?
        for (key, value) in zip(object.keys, object.values) {
            switch (key, value) {
            case ("for", .list(let words)) where !words.isEmpty:
                var known: Set<Section> = []
                for word in words {
                    guard let section = word.text.flatMap(Section.init) else { return nil }
                    known.insert(section)
                }
                sections = known
            case ("source", .text(let text)) where isFilled(text): source = text
            case ("date", .text(let text)): date = CatalogDate(text)
            case ("published", .text(let text)) where isFilled(text): published = text
            case ("note", .text(let text)) where isFilled(text): note = text
            case ("confidence", .text(let text)):
                guard let known = SourceConfidence(rawValue: text) else { return nil }
                confidence = known
            default: return nil
            }
        }
        guard let sections, let source, let date else { return nil }
        return SourceReference(
            sections: sections, source: source, date: date, published: published, note: note, confidence: confidence)
    }

    private static func isFilled(_ text: String) -> Bool { text.utf8.first.map { $0 > 0x20 } ?? false }

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

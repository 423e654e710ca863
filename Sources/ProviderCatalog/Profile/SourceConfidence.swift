public import MailJSON

/// How far a fact can be trusted, by who says it.
public enum SourceConfidence: String, Hashable, Sendable, CaseIterable {
    /// The provider itself, or a standard.
    case high
    /// A table that many programs use, or several who agree.
    case medium
    /// One third party, or a page that could not be opened again.
    case low
}

extension SourceConfidence {
    /// How it stands in a profile.
    public static let json = JSONDescription<SourceConfidence>.word("high, medium or low")

    /// What the key says, for the schema.
    static let words = "How sure it is; left out where the kind of source says it."
}

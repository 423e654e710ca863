import MailJSON

/// What the linter knows besides its rules: the file `lint.json`. Programs that use the catalogue do not read it.
struct LintKnowledge: Hashable, Sendable {
    /// Domains where anybody can have a mailbox.
    var freeDomains: Set<String>
    /// Tables that were made from others.
    var derived: [Derivation]
    /// Beginnings of addresses whose pages have gone.
    var retired: [String]
    private var about: String
    private var source: String
    private var date: CatalogDate

    /// A table that was made from another one: two that agree are one sighting.
    struct Derivation: Hashable, Sendable {
        /// Where its address begins.
        var source: String
        /// Where the address of the other begins.
        var origin: String
        /// How that is known.
        var reason: String
    }
}

extension LintKnowledge {
    /// How it stands in its file.
    static let json = JSONDescription<LintKnowledge>.object(
        { LintKnowledge(freeDomains: $0, derived: $1, retired: $2, about: $3, source: $4, date: $5) },
        .field("free_domains", \.freeDomains, .textSet, "Domains where anybody can have a mailbox."),
        .field("derived", \.derived, .list(Derivation.json), "Tables that were made from others."),
        .field("retired", \.retired, .filledTexts, "Beginnings of addresses whose pages have gone."),
        .field("about", \.about, .filledText, "What the file is."),
        .field("source", \.source, .filledText, "Where the list of domains stands."),
        .field("date", \.date, CatalogDate.json, "When that was looked up."))
}

extension LintKnowledge.Derivation {
    /// How it stands in its file.
    static let json = JSONDescription<LintKnowledge.Derivation>.object(
        { LintKnowledge.Derivation(source: $0, origin: $1, reason: $2) },
        .field("source", \.source, .filledText, "Where its address begins."),
        .field("from", \.origin, .filledText, "Where the address of the other begins."),
        .field("reason", \.reason, .filledText, "How that is known."))
}

public import MailJSON

/// One figure that a provider, or somebody about it, has published.
public struct SendingLimit: Hashable, Sendable {
    /// What the figure is counted over.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// One minute.
        case minute
        /// One hour.
        case hour
        /// 24 hours.
        case day
        /// One message.
        case message
        /// The account, at any time.
        case account
    }

    /// What is counted: `messages`, `recipients`, `external_recipients`, `imap_connections`, ...
    public var what: String
    /// What it is counted over.
    public var per: Scope
    /// The figure.
    public var value: Int
    /// When it holds, in words.
    public var note: String?
    /// When it holds, for the daily limit; nil for always.
    public var applies: LimitCondition?
    /// Where the figure stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When the page was written or last changed, as far as it says so.
    public var published: String?
    /// How sure it is; nil for what the kind of source makes it.
    public var confidence: SourceConfidence?
}

/// When a published figure holds: the object `applies` of a limit. A limit without one always holds.
public struct LimitCondition: Hashable, Sendable {
    /// The first day of the mailbox's or contract's life on which it holds.
    public var fromDay: Int?
    /// The last such day, nil for "from then on".
    public var toDay: Int?
    /// It holds for trials only.
    public var isForTrials: Bool
    /// It holds for addresses at this domain and below it.
    public var addressDomain: String?
    /// All mailboxes of the organisation share it.
    public var isShared: Bool
    /// It is an example: each hoster sets its own.
    public var isExample: Bool

    /// Whether it depends on how old the mailbox or its contract is.
    public var dependsOnAge: Bool { fromDay != nil || toDay != nil }
}

/// The number of messages a day that a mailbox may never go beyond.
public struct DailyCap: Hashable, Sendable {
    /// Messages in 24 hours.
    public var value: Int
    /// Where the figure stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When the page was written or last changed, as far as it says so.
    public var published: String?
    /// How sure it is; nil for what the kind of source makes it.
    public var confidence: SourceConfidence?
}

extension SendingLimit {
    /// How it stands in a profile.
    public static let json = JSONDescription<SendingLimit>.object(
        SendingLimit.init(what:per:value:note:applies:source:date:published:confidence:),
        .field("what", \.what, .filledText, "What is counted: messages, recipients, imap_connections, ..."),
        .field("per", \.per, .word("a scope"), "What it is counted over."),
        .field("value", \.value, .integer(in: 1...100_000_000), "The figure."),
        .field("note", \.note, .optional(.filledText), missing: nil, "When it holds, in words."),
        .field(
            "applies", \.applies, .optional(LimitCondition.json), missing: nil,
            "When the figure holds, for the daily limit; without it, always."),
        .field("source", \.source, .filledText, "Where the figure stands."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, SourceReference.publishedWords),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words))
}

extension LimitCondition {
    /// How it stands in a profile.
    public static let json = JSONDescription<LimitCondition>.object(
        LimitCondition.init(fromDay:toDay:isForTrials:addressDomain:isShared:isExample:),
        .field(
            "from_day", \.fromDay, .optional(.integer(in: 0...3_650)), missing: nil,
            "First day of the mailbox or contract."),
        .field("to_day", \.toDay, .optional(.integer(in: 0...3_650)), missing: nil, "The last such day."),
        .field("trial", \.isForTrials, .bool, missing: false, "It holds for trials only."),
        .field(
            "address_domain", \.addressDomain, .optional(.filledText), missing: nil,
            "It holds for addresses at this domain and below it."),
        .field("shared_by_organisation", \.isShared, .bool, missing: false, "All mailboxes share it."),
        .field("example", \.isExample, .bool, missing: false, "Each hoster sets its own."))
}

extension DailyCap {
    /// How it stands in a profile.
    public static let json = JSONDescription<DailyCap>.object(
        DailyCap.init(value:source:date:published:confidence:),
        .field("value", \.value, .integer(in: 1...10_000_000), "Messages in 24 hours."),
        .field("source", \.source, .filledText, "Where the figure stands."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, SourceReference.publishedWords),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words))
}

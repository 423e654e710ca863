public import MailJSON
public import MailModel

/// How fast and how often a provider lets programs come in. What a provider does not tell is nil.
public struct Pace: Hashable, Sendable {
    /// Connections that may be open at the same time.
    public var connections: PaceFigure?
    /// Sessions that may be logged in at the same time.
    public var loginsAtOnce: PaceFigure?
    /// Logins within one minute.
    public var loginsPerMinute: PaceFigure?
    /// Seconds to leave the provider alone after it said that it was too much.
    public var pause: PaceFigure?
    /// What locks an account or an address out, and for how long.
    public var lockout: LockoutRule?

    /// Nothing is known of the pace.
    public static let unknown = Pace(
        connections: nil, loginsAtOnce: nil, loginsPerMinute: nil, pause: nil, lockout: nil)

    /// The figures that there are, with the keys under which they stand.
    public var figures: [(key: String, figure: PaceFigure)] {
        [
            ("connections", connections), ("logins_at_once", loginsAtOnce),
            ("logins_per_minute", loginsPerMinute), ("pause_s", pause),
        ].compactMap { key, figure in figure.map { (key, $0) } }
    }
}

/// One published figure about the pace.
public struct PaceFigure: Hashable, Sendable {
    /// Whose connections or logins are counted together.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// Those of one account, wherever they come from.
        case account
        /// Those that come from one network address, whoever logs in.
        case address
    }

    /// The figure.
    public var value: Int
    /// Whose are counted together.
    public var per: Subject
    /// The side, nil for both.
    public var service: MailService?
    /// When it holds, in words.
    public var note: String?
    /// Where the figure stands; nil for a bare number.
    public var source: String?
    /// When it was looked up; nil for a bare number.
    public var date: CatalogDate?
    /// When the page was written or last changed, as far as it says so.
    public var published: String?
    /// How sure it is; nil for what the kind of source makes it.
    public var confidence: SourceConfidence?
}

/// What a provider does about wrong passwords, or about too much at a time.
public struct LockoutRule: Hashable, Sendable {
    /// The rule, in words.
    public var words: String
    /// Where it stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When the page was written or last changed, as far as it says so.
    public var published: String?
    /// How sure it is; nil for what the kind of source makes it.
    public var confidence: SourceConfidence?
}

extension Pace {
    /// How it stands in a profile.
    public static let json = JSONDescription<Pace>.object(
        Pace.init(connections:loginsAtOnce:loginsPerMinute:pause:lockout:),
        .field(
            "connections", \.connections, .optional(PaceFigure.json), missing: nil,
            "Connections that may be open at the same time."),
        .field(
            "logins_at_once", \.loginsAtOnce, .optional(PaceFigure.json), missing: nil,
            "Sessions that may be logged in at the same time."),
        .field(
            "logins_per_minute", \.loginsPerMinute, .optional(PaceFigure.json), missing: nil,
            "Logins within one minute."),
        .field(
            "pause_s", \.pause, .optional(PaceFigure.json), missing: nil,
            "Seconds to leave the provider alone after it said that it was too much."),
        .field(
            "lockout", \.lockout, .optional(LockoutRule.json), missing: nil,
            "What locks an account or an address out, and for how long."))
}

extension PaceFigure {
    /// How it stands in a profile: with its source, or as a bare number, which counts what comes from one network address.
    public static let json = JSONDescription<PaceFigure>(
        schema: ["oneOf": [["type": "integer", "minimum": 1, "maximum": 1_000_000], ["type": "object"]]]
    ) { figure in
        figure.source == nil ? .integer(figure.value) : sourced.write(figure)
    } read: { value, mode throws(JSONMistake) in
        guard case .integer = value else { return try sourced.read(value, mode) }
        let number = try JSONDescription<Int>.integer(in: 1...1_000_000).read(value, mode)
        return PaceFigure(value: number, per: .address)
    }

    private static let sourced = JSONDescription<PaceFigure>.object(
        PaceFigure.init(value:per:service:note:source:date:published:confidence:),
        .field("value", \.value, .integer(in: 1...1_000_000), "The figure."),
        .field("per", \.per, .word("account or address"), "Whose connections or logins are counted together."),
        .field("service", \.service, .optional(.word("smtp or imap")), missing: nil, "The side; left out for both."),
        .field("note", \.note, .optional(.filledText), missing: nil, "When it holds, in words."),
        .field("source", \.source, .some(.filledText), "Where the figure stands."),
        .field("date", \.date, .some(CatalogDate.json), "When the fact was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, SourceReference.publishedWords),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words))
}

extension LockoutRule {
    /// How it stands in a profile.
    public static let json = JSONDescription<LockoutRule>.object(
        LockoutRule.init(words:source:date:published:confidence:),
        .field("words", \.words, .filledText, "The rule, in words."),
        .field("source", \.source, .filledText, "Where it stands."),
        .field("date", \.date, CatalogDate.json, "When the fact was last looked up."),
        .field("published", \.published, .optional(.filledText), missing: nil, SourceReference.publishedWords),
        .field("confidence", \.confidence, .optional(SourceConfidence.json), missing: nil, SourceConfidence.words))
}

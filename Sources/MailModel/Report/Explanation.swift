public import MailJSON

/// Failures of one cause and one account in a log.
public struct ExplainedFailure: Hashable, Sendable {
    /// The cause.
    public var id: FindingID
    /// The address that failed, nil when the lines name none.
    public var account: String?
    /// How many lines tell of it.
    public var count: Int
    /// The first line that does, counted from 1.
    public var firstLine: Int
    /// The last line that does, counted from 1.
    public var lastLine: Int
    /// The last line.
    public var quote: String

    /// Makes a group of failures.
    public init(id: FindingID, account: String?, count: Int, firstLine: Int, lastLine: Int, quote: String) {
        self.id = id
        self.account = account
        self.count = count
        self.firstLine = firstLine
        self.lastLine = lastLine
        self.quote = quote
    }

    static let json = JSONDescription<ExplainedFailure>.object(
        ExplainedFailure.init(id:account:count:firstLine:lastLine:quote:),
        .field("id", \.id, FindingID.json, "The cause."),
        .field("account", \.account, .optional(.text), "The address that failed, null when the lines name none."),
        .field("count", \.count, .integer, "How many lines tell of it."),
        .field("first_line", \.firstLine, .integer, "The first line that does, counted from 1."),
        .field("last_line", \.lastLine, .integer, "The last line that does, counted from 1."),
        .field("quote", \.quote, .text, "The last line."))
}

/// What a pasted text means.
public struct Explanation: Hashable, Sendable {
    /// The text, secrets masked.
    public var text: String
    /// The id of the provider whose server speaks in it, nil when it does not show.
    public var provider: String?
    /// The provider's name.
    public var providerName: String?
    /// The side, nil when it does not show.
    public var service: MailService?
    /// The stage, nil when it does not show.
    public var stage: Stage?
    /// Up to three causes, best first; never empty.
    public var findings: [Finding]

    /// What would make the answer surer, nil when nothing is missing.
    public var surer: String?
    /// In a log with several failures: each cause of each account, the newest first.
    public var failures: [ExplainedFailure]

    /// Makes an explanation.
    public init(
        text: String, provider: String?, providerName: String?, service: MailService?, stage: Stage?,
        findings: [Finding], surer: String? = nil, failures: [ExplainedFailure] = []
    ) {
        self.text = text
        self.provider = provider
        self.providerName = providerName
        self.service = service
        self.stage = stage
        self.findings = findings
        self.surer = surer
        self.failures = failures
    }
}

extension Explanation {
    /// How it stands in JSON: `{schema, text, provider, protocol, stage, findings}`. The provider's name follows from its
    /// id and is left out.
    public static let json = JSONDescription<Explanation>.object(
        {
            Explanation(
                text: $0, provider: $1, providerName: nil, service: $2, stage: $3, findings: $4, surer: $5,
                failures: $6)
        },
        .field("text", \.text, .text, "The text, secrets masked."),
        .field("provider", \.provider, .optional(.text), "The id of the provider whose server speaks in it."),
        .field("protocol", \.service, .optional(.word("smtp or imap")), "The side, null when it does not show."),
        .field("stage", \.stage, .optional(Stage.json), "The stage, null when it does not show."),
        .field("findings", \.findings, .list(Finding.json, atLeast: 1), "Up to three causes, best first."),
        .field("surer", \.surer, .optional(.text), unless: nil, "What would make the answer surer."),
        .field(
            "failures", \.failures, .list(ExplainedFailure.json), unless: [],
            "In a log with several failures: each cause of each account, the newest first."),
        derived: [.constant("schema", 1, "The number of this format.")], order: ["schema"])
}

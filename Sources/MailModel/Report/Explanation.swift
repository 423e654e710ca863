public import MailJSON

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

    /// Makes an explanation.
    public init(
        text: String, provider: String?, providerName: String?, service: MailService?, stage: Stage?,
        findings: [Finding]
    ) {
        self.text = text
        self.provider = provider
        self.providerName = providerName
        self.service = service
        self.stage = stage
        self.findings = findings
    }
}

extension Explanation {
    /// How it stands in JSON: `{schema, text, provider, protocol, stage, findings}`. The provider's name follows from its
    /// id and is left out.
    public static let json = JSONDescription<Explanation>.object(
        {
            Explanation(text: $0, provider: $1, providerName: nil, service: $2, stage: $3, findings: $4)
        },
        .field("text", \.text, .text, "The text, secrets masked."),
        .field("provider", \.provider, .optional(.text), "The id of the provider whose server speaks in it."),
        .field("protocol", \.service, .optional(.word("smtp or imap")), "The side, null when it does not show."),
        .field("stage", \.stage, .optional(Stage.json), "The stage, null when it does not show."),
        .field("findings", \.findings, .list(Finding.json, atLeast: 1), "Up to three causes, best first."),
        derived: [.constant("schema", 1, "The number of this format.")], order: ["schema"])
}

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

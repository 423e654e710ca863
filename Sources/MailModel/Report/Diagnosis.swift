public import Foundation

/// Everything one run found out, before it is shown.
public struct Diagnosis: Hashable, Sendable {
    /// The address, nil when only a domain was given.
    public var address: EmailAddress?
    /// The domain.
    public var domain: DomainName
    /// When the run began.
    public var startedAt: Date
    /// How long it took.
    public var duration: Duration
    /// The kind of mailbox, nil when the domain takes no mail or it cannot be told.
    public var inboxType: InboxType?
    /// Who hosts it.
    public var provider: ProviderIdentification
    /// Why the provider was told so, in one plain sentence or two.
    public var reason: String
    /// Who may host it, the most likely first, with the votes for and against.
    public var candidates: [ProviderCandidate]
    /// The settings to use.
    public var settings: AccountSettings?
    /// Further candidates, best first.
    public var alternatives: [AccountSettings]
    /// Who was asked what.
    public var evidence: [Evidence]
    /// What the checks saw.
    public var observations: [Observation]
    /// What it means.
    public var findings: [Finding]
    /// What it all comes to.
    public var verdict: Verdict
    /// How much to send a day.
    public var dailyLimit: DailyLimit?
    /// Who learnt what of the subject.
    public var disclosures: [Disclosure]
    /// What was said on the wire.
    public var transcript: [TranscriptEntry]

    /// Makes a diagnosis of which nothing but the subject is known.
    ///
    /// - Parameters:
    ///   - address: The address, if one was given.
    ///   - domain: The domain.
    ///   - startedAt: When the run began.
    public init(address: EmailAddress?, domain: DomainName, startedAt: Date) {
        self.address = address
        self.domain = domain
        self.startedAt = startedAt
        duration = .zero
        inboxType = nil
        provider = .unknown
        reason = ""
        candidates = []
        settings = nil
        alternatives = []
        evidence = []
        observations = []
        findings = []
        verdict = .cannotTell
        dailyLimit = nil
        disclosures = []
        transcript = []
    }
}

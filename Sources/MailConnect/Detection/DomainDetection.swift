public import FoundationEssentials
internal import MailDiagnosis
public import MailModel
public import ProviderCatalog

/// What is asked about a domain. Two runs with equal questions share one answer.
struct DetectionQuestion: Hashable, Sendable {
    var domain: DomainName
    var reach: Reach
    /// The provider that the user named.
    var providerID: String?
    /// How long the answer may take.
    var budget: Duration

    init(_ account: Account) {
        domain = account.domain
        providerID = account.providerID
        budget = min(account.timeout, Detector.budget)
        // Where the user names both servers, nothing but the provider is left to find out.
        let isNamed = account.smtpEndpoint != nil && account.imapEndpoint != nil
        reach = isNamed && account.reach.includesServers ? .dnsOnly : account.reach
    }
}

/// What was found out about a domain: who hosts its mailboxes, and where they are reached. It knows no address and no
/// password, and holds for every account of the domain.
public struct DomainDetection: Sendable {
    let question: DetectionQuestion
    /// When it was found out.
    public let startedAt: Date
    /// How long that took.
    public internal(set) var duration = Duration.zero
    /// Who hosts the mailboxes, and how sure that is.
    public private(set) var provider = ProviderIdentification.unknown
    /// What the catalogue knows of the provider; nil when it is not known. It tells what kind of password is wanted.
    public private(set) var profile: ProviderProfile?
    /// The kind of mailbox, nil when the domain takes no mail or it cannot be told.
    public private(set) var inboxType: InboxType?
    /// Why, in one plain sentence or two.
    public private(set) var reason = ""
    /// Who may host them, the most likely first.
    public private(set) var candidates: [ProviderCandidate] = []
    /// The settings, best first.
    public private(set) var settings: [ServerSettings] = []
    /// Who was asked what.
    public private(set) var evidence: [Evidence] = []
    /// The answer about the mail exchangers; nil when nobody was asked.
    public private(set) var mailExchangers: DNSResponse?
    /// Who learnt what by it.
    public internal(set) var disclosures: [Disclosure] = []
    /// How long the DNS says that its answers hold; nil when it was not asked.
    var lifetime: Duration?

    init(question: DetectionQuestion, startedAt: Date) {
        self.question = question
        self.startedAt = startedAt
    }

    /// The domain.
    public var domain: DomainName { question.domain }

    /// What it comes to for one account, the account's own choices on top.
    ///
    /// - Parameter account: The account.
    /// - Returns: Who hosts it, and where it is reached.
    public func settings(for account: Account) -> DetectedSettings {
        let choices = SettingsChoice(account).apply(to: settings.map { $0.settings(for: account.address) })
        var detected = DetectedSettings()
        detected.provider = provider
        detected.reason = reason
        detected.candidates = candidates
        detected.settings = choices.first
        detected.alternatives = Array(choices.dropFirst())
        detected.evidence = evidence
        detected.inboxType = inboxType ?? (choices.isEmpty ? nil : .customSMTP)
        return detected
    }

    /// The check of the mail exchangers, when they were asked for.
    var observation: Observation? {
        guard let response = mailExchangers else { return nil }
        let outcome: CheckOutcome =
            switch response.outcome {
            case .records, .noData, .nameNotFound: .observed
            default: .failed(.noAddress([response]))
            }
        return Observation(
            id: .dnsMX, stage: .dns, outcome: outcome, facts: .dns(response), duration: response.duration)
    }

    mutating func take(_ verdict: DetectionVerdict, evidence: [Evidence], mailExchangers: DNSResponse?) {
        provider = verdict.provider
        profile = verdict.profile
        inboxType = verdict.inboxType
        reason = verdict.reason
        candidates = verdict.candidates
        settings = verdict.settings
        self.evidence = evidence
        self.mailExchangers = mailExchangers
    }
}

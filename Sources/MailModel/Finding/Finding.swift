/// How much a finding matters.
public enum Severity: String, Hashable, Sendable {
    /// The account cannot be used.
    case error
    /// It can, but something should be looked at.
    case warning
    /// Good to know.
    case info
}

/// Who can do something about a finding.
public enum RemedyOwner: String, Hashable, Sendable, Codable, CaseIterable {
    /// The mailbox's owner.
    case user
    /// The administrator of the domain or organisation.
    case admin
    /// The provider.
    case provider
    /// Whoever runs this tool.
    case support
}

/// What to do about a finding, and who must do it.
public struct Remedy: Hashable, Sendable {
    /// Who must act.
    public var who: RemedyOwner
    /// What to do, in this order.
    public var steps: [RemedyStep]
    /// Where it is explained.
    public var links: [String]

    /// Makes a remedy.
    public init(who: RemedyOwner, steps: [RemedyStep], links: [String] = []) {
        self.who = who
        self.steps = steps
        self.links = links
    }
}

/// Whether trying again makes sense.
public enum RetryAdvice: Hashable, Sendable {
    /// Not before something has changed.
    case no
    /// One more time.
    case once
    /// After that many seconds.
    case afterSeconds(Int)
}

/// A judgement: a cause, how sure it is, what it rests on, and the way out.
public struct Finding: Hashable, Sendable {
    /// The cause.
    public var id: FindingID
    /// How much it matters.
    public var severity: Severity
    /// How sure it is, 0...1.
    public var confidence: Double
    /// The side, nil when it is neither or both.
    public var service: MailService?
    /// The stage.
    public var stage: Stage?
    /// One sentence that names the cause.
    public var summary: String
    /// More on it.
    public var detail: String
    /// The server's own words.
    public var serverText: String?
    /// The checks and sources it rests on.
    public var evidence: [String]
    /// What to do.
    public var remedy: Remedy
    /// Whether trying again makes sense.
    public var retry: RetryAdvice

    /// Makes a finding.
    public init(
        id: FindingID, severity: Severity, confidence: Double, service: MailService?, stage: Stage?, summary: String,
        detail: String, serverText: String? = nil, evidence: [String], remedy: Remedy, retry: RetryAdvice = .no
    ) {
        self.id = id
        self.severity = severity
        self.confidence = confidence
        self.service = service
        self.stage = stage
        self.summary = summary
        self.detail = detail
        self.serverText = serverText
        self.evidence = evidence
        self.remedy = remedy
        self.retry = retry
    }
}

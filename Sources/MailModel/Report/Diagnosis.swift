public import FoundationEssentials
public import MailJSON

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

extension Diagnosis {
    /// Names everything; what is described is what stands here.
    private init(
        address: EmailAddress?, domain: DomainName, startedAt: Date, duration: Duration, inboxType: InboxType?,
        host: Host, candidates: [ProviderCandidate], settings: AccountSettings?, alternatives: [AccountSettings],
        evidence: [Evidence], observations: [Observation], findings: [Finding], verdict: Verdict,
        dailyLimit: DailyLimit?, disclosures: [Disclosure], transcript: [TranscriptEntry]
    ) {
        self.address = address
        self.domain = domain
        self.startedAt = startedAt
        self.duration = duration
        self.inboxType = inboxType
        provider = host.provider
        reason = host.reason
        self.candidates = candidates
        self.settings = settings
        self.alternatives = alternatives
        self.evidence = evidence
        self.observations = observations
        self.findings = findings
        self.verdict = verdict
        self.dailyLimit = dailyLimit
        self.disclosures = disclosures
        self.transcript = transcript
    }

    /// How it stands in a report.
    ///
    /// - Parameter checks: The member `checks`: a report says more about a check than was observed.
    /// - Returns: The description; its members stand among those of the report.
    public static func json(checks: JSONField<Diagnosis, [Observation]>) -> JSONDescription<Diagnosis> {
        .object(
            Diagnosis.init(
                address:domain:startedAt:duration:inboxType:host:candidates:settings:alternatives:evidence:observations:
                findings:verdict:dailyLimit:disclosures:transcript:),
            .field("address", \.address, .optional(EmailAddress.json), "null for a bare domain."),
            .field("domain", \.domain, DomainName.json, "In A-labels."),
            .field("started_at", \.startedAt, .date, "RFC 3339, UTC."),
            .field("duration_ms", \.duration, .milliseconds, "How long the run took."),
            .field(
                "inbox_type", \.inboxType, .optional(InboxType.json),
                "null when the domain takes no mail, or when it cannot be told."),
            .field("provider", \.host, Host.json, "Who hosts the mailbox, and how sure that is."),
            .field(
                "candidates", \.candidates, .list(ProviderCandidate.json), missing: [],
                "Who may host the mailbox, the most likely first, with the votes for and against."),
            .field("settings", \.settings, .optional(AccountSettings.json), "The settings to use."),
            .field("alternatives", \.alternatives, .list(AccountSettings.json), "Further candidates, best first."),
            .field(
                "evidence", \.evidence, .list(Evidence.json),
                "Who was asked what, what came back, and how much it weighs."),
            checks,
            .field("findings", \.findings, .list(Finding.json), "What it means and what to do."),
            .field("verdict", \.verdict, Verdict.json, "What it all comes to."),
            .field("daily_limit", \.dailyLimit, .optional(DailyLimit.json), "How much to send a day, and why."),
            .field(
                "disclosures", \.disclosures, .list(Disclosure.json), missing: [],
                "Who learnt what while the subject was looked into."),
            .field(
                "transcript", \.transcript, .list(TranscriptEntry.json), missing: [],
                "What was said on the wire, secrets masked."))
    }

    private var host: Host { Host(provider: provider, reason: reason) }

    /// Provider and reason, which stand together in a report.
    private struct Host {
        var provider: ProviderIdentification
        var reason: String

        static let json = JSONDescription<Host>.object(
            Host.init, .inline(\.provider, ProviderIdentification.json),
            .field("reason", \.reason, .text, missing: "", "Why, in plain words."))
    }
}

/// What all findings together mean.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// Both logins work.
    case ready
    /// Both logins work, and something should be looked at.
    case readyWithWarnings = "ready_with_warnings"
    /// Somebody must do something first.
    case actionNeeded = "action_needed"
    /// It could not be found out.
    case cannotTell = "cannot_tell"

    /// Whether both logins were proved.
    public var isReady: Bool { self == .ready || self == .readyWithWarnings }
}

extension Verdict {
    /// How it stands in a report.
    public static let json = JSONDescription<Verdict>.word("a verdict")
}

/// Who learnt something of the subject while it was looked into.
public struct Disclosure: Hashable, Sendable {
    /// What somebody learnt, from little to much.
    public enum Matter: String, Hashable, Sendable, CaseIterable {
        /// That somebody asked for names below the domain.
        case names
        /// The domain.
        case domain
        /// That somebody connected; the server knows by its own name what it is asked about.
        case connection
        /// The user name, and that a password or token is held for it; the secret itself over verified TLS.
        case login
    }

    /// Who: a host, or `the DNS resolver`.
    public var party: String
    /// What they learnt.
    public var matter: Matter
    /// Whether they have nothing to do with the domain or its provider.
    public var isThirdParty: Bool

    /// Makes a disclosure.
    public init(party: String, matter: Matter, isThirdParty: Bool = false) {
        self.party = party
        self.matter = matter
        self.isThirdParty = isThirdParty
    }
}

extension Disclosure {
    /// How it stands in a report.
    public static let json = JSONDescription<Disclosure>.object(
        Disclosure.init,
        .field("party", \.party, .text, "Who: a host, or the DNS resolver."),
        .field("learnt", \.matter, .word("something to learn"), "What they learnt, from little to much."),
        .field("third_party", \.isThirdParty, .bool, "Whether they have nothing to do with domain and provider."))
}

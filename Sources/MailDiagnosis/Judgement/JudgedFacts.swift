public import MailModel

/// All that a judgement rests on, apart from the catalogue and the time.
public struct JudgedFacts: Sendable {
    /// What the checks saw.
    public var observations: [Observation]
    /// Who hosts the mailbox.
    public var provider: ProviderIdentification
    /// How the search for settings ended.
    public var search: SettingsSearch
    /// The kind of mailbox; nil when it is not known.
    public var inboxType: InboxType?
    /// The domain of the address, for limits that hold for some domains only.
    public var domain: DomainName?
    /// What is said of the mailbox; nil when nobody was asked, and then no daily limit is advised.
    public var claims: MailboxClaims?

    /// Makes facts.
    ///
    /// - Parameters:
    ///   - observations: What the checks saw.
    ///   - provider: Who hosts the mailbox.
    ///   - search: How the search for settings ended.
    public init(
        observations: [Observation], provider: ProviderIdentification = .unknown, search: SettingsSearch = .found
    ) {
        self.observations = observations
        self.provider = provider
        self.search = search
    }

    /// The facts of a run, live or saved.
    ///
    /// - Parameters:
    ///   - diagnosis: What was found out; its findings are not looked at.
    ///   - claims: What is said of the mailbox; nil for no advice on a daily limit.
    public init(_ diagnosis: Diagnosis, claims: MailboxClaims? = nil) {
        self.init(
            observations: diagnosis.observations, provider: diagnosis.provider, search: SettingsSearch(diagnosis))
        inboxType = diagnosis.inboxType
        domain = diagnosis.domain
        self.claims = claims
    }
}

/// What the user, or a registry, says of a mailbox, beside what the checks show.
public struct MailboxClaims: Hashable, Sendable {
    /// The stage, as the user says.
    public var stage: MailboxStage?
    /// The age in days, as the user says.
    public var ageInDays: Int?
    /// Whether the user says that the provider's account is a trial.
    public var isTrial: Bool
    /// The age in days of the registered domain, as its registry says.
    public var domainAge: Int?

    /// Makes claims.
    public init(
        stage: MailboxStage? = nil, ageInDays: Int? = nil, isTrial: Bool = false, domainAge: Int? = nil
    ) {
        self.stage = stage
        self.ageInDays = ageInDays
        self.isTrial = isTrial
        self.domainAge = domainAge
    }
}

/// How the search for settings ended.
public enum SettingsSearch: Hashable, Sendable {
    /// There are settings.
    case found
    /// Everybody answered, and nobody knows any.
    case nothing
    /// Everybody who was asked answered, and nobody knows any; by the reach of the run others were not asked.
    case limited
    /// Somebody did not answer.
    case inconclusive

    /// Tells it from what a run found out.
    ///
    /// - Parameter diagnosis: The run, before it is judged.
    public init(_ diagnosis: Diagnosis) {
        if diagnosis.settings != nil {
            self = .found
            return
        }
        let wasProbed = diagnosis.evidence.contains { $0.source == .probe }
        let isOpen = diagnosis.evidence.contains { line in
            // A web server that turns the question down has nothing to say; a name that cannot be looked up might.
            line.kind == .document
                ? line.outcome == .timedOut
                : [.timedOut, .refused, .broken, .notTrusted].contains(line.outcome)
        }
        let wasLeftOut = diagnosis.evidence.contains { $0.kind != .document && $0.outcome == .notAsked }
        self = isOpen ? .inconclusive : wasProbed && !wasLeftOut ? .nothing : .limited
    }
}

public import MailModel
public import ProviderCatalog

/// What the sources of detection brought home.
public struct DetectionFacts: Sendable {
    /// The domain that they were asked about.
    public let domain: DomainName
    /// The provider that the user named.
    public var override: ProviderProfile?
    /// The profile that lists the domain itself.
    public var domainProfile: ProviderProfile?
    /// The mail exchangers, nil when they were not asked for.
    public var mx: MXAnalysis?
    /// The service records, nil when they were not asked for.
    public var srv: SRVAnalysis?
    /// The lines of the ledger, in its order; what points to a provider is a vote for it.
    public var ledger: [Evidence] = []
    /// What documents over https say, in the order in which they are believed.
    public var published: [PublishedSettings] = []
    /// Settings that answered when they were probed, best first.
    public var probed: [ServerSettings] = []
    /// Where the alias and the service record of Autodiscover lead, as meant.
    public var autodiscoverTargets: [String] = []
    /// Whether any name below the domain resolves, so that a name's mere existence says nothing.
    public var hasWildcard = false
    /// Whether the domain itself has an address, the exchanger of last resort (RFC 5321, section 5.1); nil when unknown.
    public var hasAddress: Bool?

    /// Whether `autoconfig.` and the domain is a name with other records than an alias to a known provider: then somebody
    /// publishes settings, maybe stale ones.
    public var hasOwnAutoconfigName = false

    /// No facts about a domain.
    public init(domain: DomainName) { self.domain = domain }

    /// The sources that did not say what they know: no answer in time, refused, or broken.
    public var silent: [Evidence.Source] {
        let troubled = ledger.filter(\.outcome.isSilent).map(\.source)
        return troubled.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The settings of a profile for the domain, with what its records say about its servers.
    func settings(of profile: ProviderProfile) -> [ServerSettings] {
        profile.settings(
            of: domain, autodiscover: autodiscoverTargets, exchangers: mx?.exchangers.map(\.name) ?? [])
    }

    /// A file of the domain's own that names other servers than the provider has, where it is not what tells the provider.
    func contradiction(to profile: ProviderProfile, settings: [ServerSettings]) -> PublishedSettings? {
        let hosts = Set(
            self.settings(of: profile).flatMap { [$0.smtp.host, $0.imap.host] })
        return published.first { file in
            file.isOwn && settings.first?.source != file.source
                && !file.settings.contains { hosts.contains($0.smtp.host) || hosts.contains($0.imap.host) }
        }
    }

    /// Whether the catalogue lists the domain and knows its servers: then nothing is left to find out.
    public var isListed: Bool { domainProfile?.canBeReached ?? false }

    /// Whether Autodiscover's name or service record leads to a host of nobody in the catalogue.
    var leadsToOwnServer: Bool {
        !hasWildcard
            && ledger.contains {
                $0.source == .autodiscover && $0.outcome == .found && $0.pointsTo == nil && $0.kind != .document
            }
    }
}

/// What detection comes to.
public struct DetectionVerdict: Sendable {
    /// Who hosts the mailbox.
    public var provider: ProviderIdentification
    /// The provider's profile, when it is known.
    public var profile: ProviderProfile?
    /// The kind of mailbox.
    public var inboxType: InboxType?
    /// The settings, best first.
    public var settings: [ServerSettings]
    /// Who may host it, the most likely first.
    public var candidates: [ProviderCandidate]
    /// Why, in plain words.
    public var reason: String
    /// The file of the domain's own that contradicts the answer and is not believed, if there is one.
    public var contradicted: PublishedSettings?
}

/// Settings that somebody publishes for a domain in a document.
public struct PublishedSettings: Sendable {
    /// Who publishes: `autoconfig`, `ispdb`, `autodiscover`, `pacc`, `mailconf`.
    public var source: Evidence.Source
    /// Whether the domain itself does, and not somebody else about it.
    public var isOwn: Bool
    /// The settings, best first.
    public var settings: [ServerSettings]
    /// The profile whose servers the first of them are.
    public var profile: ProviderProfile?

    /// Keeps what a document says.
    ///
    /// - Parameters:
    ///   - source: Who publishes.
    ///   - isOwn: Whether the domain itself does.
    ///   - settings: The settings, best first.
    ///   - profile: The profile whose servers they are.
    public init(source: Evidence.Source, isOwn: Bool, settings: [ServerSettings], profile: ProviderProfile?) {
        self.source = source
        self.isOwn = isOwn
        self.settings = settings
        self.profile = profile
    }
}

extension DNSOutcome {
    /// The outcome as a line of the ledger has it.
    public var evidence: EvidenceOutcome {
        switch self {
        case .records: .found
        case .nameNotFound: .negative
        case .noData: .none
        case .timedOut: .timedOut
        case .refused: .refused
        case .cancelled: .notAsked
        case .serverFailure, .broken: .broken
        }
    }

    /// The outcome in words.
    public var words: String {
        switch self {
        case .records(let records): "\(records.count) records"
        case .nameNotFound: "the name does not exist (NXDOMAIN)"
        case .noData: "no such record"
        case .timedOut: "no answer in time"
        case .refused: "the resolver refused (REFUSED)"
        case .cancelled: "cancelled"
        case .serverFailure: "the resolver failed (SERVFAIL)"
        case .broken(let reason): ServerText(reason).escaped
        }
    }
}

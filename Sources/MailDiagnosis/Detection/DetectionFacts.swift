public import MailModel
public import ProviderCatalog

/// What the sources of detection brought home.
public struct DetectionFacts: Sendable {
    /// The provider that the user named.
    public var override: ProviderProfile?
    /// The profile that lists the domain itself.
    public var domainProfile: ProviderProfile?
    /// The mail exchangers, nil when they were not asked for.
    public var mx: MXReading?
    /// The service records, nil when they were not asked for.
    public var srv: SRVReading?
    /// The lines of the ledger, in its order; what points to a provider is a vote for it.
    public var ledger: [Evidence] = []
    /// What documents over https say, in the order in which they are believed.
    public var published: [PublishedSettings] = []
    /// Settings that answered when they were probed, best first.
    public var probed: [AccountSettings] = []
    /// Whether any name below the domain resolves, so that a name's mere existence says nothing.
    public var hasWildcard = false
    /// Whether the domain itself has an address, the exchanger of last resort (RFC 5321, section 5.1); nil when unknown.
    public var hasAddress: Bool?

    /// No facts.
    public init() {}

    /// The sources that did not say what they know: no answer in time, refused, or broken.
    public var silent: [String] {
        let troubled = ledger.filter { [.timedOut, .refused, .broken].contains($0.outcome) }.map(\.source)
        return troubled.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// A file of the domain's own that names other servers than the provider has, where it is not what tells the provider.
    func contradiction(to profile: ProviderProfile, settings: [AccountSettings]) -> PublishedSettings? {
        let domain = mx?.response.name ?? ""
        let hosts = Set(
            (profile.smtp + profile.imap).map {
                $0.host.replacing(EndpointProfile.domainPlaceholder, with: domain)
            })
        return published.first { file in
            file.isOwn && settings.first?.source != file.source
                && !file.settings.contains { hosts.contains($0.smtp.host) || hosts.contains($0.imap.host) }
        }
    }

    /// Whether Autodiscover's name or service record leads to a host of nobody in the catalogue.
    var leadsToOwnServer: Bool {
        !hasWildcard
            && ledger.contains {
                $0.source == "autodiscover" && $0.outcome == .found && $0.pointsTo == nil && !$0.isPublished
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
    public var settings: [AccountSettings]
    /// Who may host it, the most likely first.
    public var candidates: [ProviderCandidate]
    /// Why, in plain words.
    public var reason: String
    /// The file of the domain's own that contradicts the answer and is not believed, if there is one.
    public var contradicted: PublishedSettings?
}

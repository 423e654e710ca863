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
    /// The profile whose servers the service records name.
    public var srvProfile: ProviderProfile?
    /// Lines of the ledger that may point to a provider: aliases, DKIM, SPF, TXT.
    public var hints: [Evidence] = []
    /// What documents over https say, in the order in which they are believed.
    public var published: [PublishedSettings] = []
    /// Settings that answered when they were probed, best first.
    public var probed: [AccountSettings] = []
    /// Whether any name below the domain resolves, so that a name's mere existence says nothing.
    public var hasWildcard = false

    /// No facts.
    public init() {}
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
}

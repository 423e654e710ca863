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
    /// Settings that the domain publishes in a file, best first.
    public var published: [AccountSettings] = []
    /// The profile whose servers that file names.
    public var publishedProfile: ProviderProfile?
    /// Settings that answered when they were probed, best first.
    public var probed: [AccountSettings] = []

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

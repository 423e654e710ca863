public import MailModel
public import ProviderCatalog

/// Settings that somebody publishes for a domain in a document.
public struct PublishedSettings: Sendable {
    /// Who publishes: `autoconfig`, `ispdb`, `autodiscover`, `pacc`, `mailconf`.
    public var source: String
    /// Whether the domain itself does, and not somebody else about it.
    public var isOwn: Bool
    /// The settings, best first.
    public var settings: [AccountSettings]
    /// The profile whose servers the first of them are.
    public var profile: ProviderProfile?

    /// Keeps what a document says.
    ///
    /// - Parameters:
    ///   - source: Who publishes.
    ///   - isOwn: Whether the domain itself does.
    ///   - settings: The settings, best first.
    ///   - profile: The profile whose servers they are.
    public init(source: String, isOwn: Bool, settings: [AccountSettings], profile: ProviderProfile?) {
        self.source = source
        self.isOwn = isOwn
        self.settings = settings
        self.profile = profile
    }
}

public import MailModel
public import ProviderCatalog

/// Settings that somebody publishes for a domain in a document.
public struct PublishedSettings: Sendable {
    /// Who publishes: `autoconfig`, `ispdb`, `autodiscover`, `pacc`, `mailconf`.
    public var source: String
    /// The settings, best first.
    public var settings: [AccountSettings]
    /// The profile whose servers the first of them are.
    public var profile: ProviderProfile?

    /// Keeps what a document says.
    ///
    /// - Parameters:
    ///   - source: Who publishes.
    ///   - settings: The settings, best first.
    ///   - profile: The profile whose servers they are.
    public init(source: String, settings: [AccountSettings], profile: ProviderProfile?) {
        self.source = source
        self.settings = settings
        self.profile = profile
    }
}

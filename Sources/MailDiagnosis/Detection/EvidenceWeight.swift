/// How much each kind of evidence weighs, 0...1: how sure the provider is when nothing else is known.
public enum EvidenceWeight {
    /// The user named the provider.
    public static let override = 1.0
    /// The catalogue lists the domain itself.
    public static let domain = 0.98
    /// A mail exchanger belongs to the provider: mail arrives there.
    public static let mx = 0.92
    /// The service records name the provider's servers: whoever runs the domain's DNS says so.
    public static let srv = 0.85
    /// The service records name servers of nobody in the catalogue.
    public static let unknownSRV = 0.6
    /// Servers under the usual names answered when probed.
    public static let probe = 0.5
    /// A gateway says that there are mailboxes, and nothing on whose.
    public static let gateway = 0.2
}

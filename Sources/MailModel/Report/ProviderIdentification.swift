/// Whether the domain has mailboxes at all.
public enum MailHosting: Hashable, Sendable {
    /// It has.
    case hosted
    /// It takes no mail.
    case notHosted
    /// Its mail is passed on elsewhere.
    case forwarding
    /// That could not be found out.
    case unknown
}

/// A security gateway in front of the mailboxes.
public struct Gateway: Hashable, Sendable {
    /// Its id in the catalogue.
    public var id: String
    /// Its name.
    public var name: String

    /// Names a gateway.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// Who hosts the mailbox, and how sure that is.
public struct ProviderIdentification: Hashable, Sendable {
    /// The provider's id in the catalogue, nil when it is not known.
    public var id: String?
    /// The provider's name.
    public var name: String?
    /// How sure it is, 0...1.
    public var confidence: Double
    /// The gateway in front, if any.
    public var gateway: Gateway?
    /// Whether the domain has mailboxes.
    public var hosting: MailHosting

    /// Makes an identification.
    public init(id: String?, name: String?, confidence: Double, gateway: Gateway? = nil, hosting: MailHosting) {
        self.id = id
        self.name = name
        self.confidence = confidence
        self.gateway = gateway
        self.hosting = hosting
    }

    /// Nothing is known.
    public static let unknown = ProviderIdentification(id: nil, name: nil, confidence: 0, hosting: .unknown)
}

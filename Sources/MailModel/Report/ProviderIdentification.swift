public import MailJSON

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

extension MailHosting {
    /// How it stands in a report: true, false, `forwarding` or null.
    public static let json = JSONDescription<MailHosting>(
        schema: ["enum": [true, false, "forwarding", .null]], absent: { .unknown }
    ) { hosting in
        switch hosting {
        case .hosted: true
        case .notHosted: false
        case .forwarding: "forwarding"
        case .unknown: .null
        }
    } read: { value, _ throws(JSONMistake) in
        switch value {
        case .bool(let isHosted): return isHosted ? .hosted : .notHosted
        case .null: return .unknown
        case "forwarding": return .forwarding
        default: throw JSONMistake(.wrongType, "true, false or \"forwarding\" must stand here")
        }
    }
}

extension Gateway {
    /// How it stands in a report.
    public static let json = JSONDescription<Gateway>.object(
        Gateway.init, .field("id", \.id, .text, "Its id in the catalogue."), .field("name", \.name, .text, "Its name."))
}

extension ProviderIdentification {
    /// How it stands in a report.
    public static let json = JSONDescription<ProviderIdentification>.object(
        ProviderIdentification.init,
        .field("id", \.id, .optional(.text), "The id in the catalogue, null when it is not known."),
        .field("name", \.name, .optional(.text), "The name."),
        .field("confidence", \.confidence, .fraction, "How sure it is."),
        .field("gateway", \.gateway, .optional(Gateway.json), "The security gateway in front, if any."),
        .field("mail_hosted", \.hosting, MailHosting.json, "Whether the domain has mailboxes; null: not known."))
}

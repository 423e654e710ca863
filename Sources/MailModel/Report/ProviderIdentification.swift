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

/// One line of evidence that speaks for a candidate or against it.
public struct EvidenceVote: Hashable, Sendable {
    /// The source of the evidence: `mx`, `spf`, ...
    public var source: Evidence.Source
    /// How much it weighs here, 0...1, after everything that takes away from it.
    public var weight: Double
    /// What it said.
    public var detail: String

    /// Makes a vote.
    public init(source: Evidence.Source, weight: Double, detail: String) {
        self.source = source
        self.weight = weight
        self.detail = detail
    }
}

/// A provider that may host the mailbox, with what speaks for it and what against it.
public struct ProviderCandidate: Hashable, Sendable {
    /// The id in the catalogue.
    public var id: String
    /// The name.
    public var name: String
    /// The kind of mailbox there.
    public var inboxType: InboxType?
    /// How sure it is, 0...1.
    public var confidence: Double
    /// What speaks for it, heaviest first.
    public var votesFor: [EvidenceVote]
    /// What speaks for somebody else, heaviest first.
    public var votesAgainst: [EvidenceVote]

    /// Makes a candidate.
    public init(
        id: String, name: String, inboxType: InboxType?, confidence: Double, votesFor: [EvidenceVote],
        votesAgainst: [EvidenceVote]
    ) {
        self.id = id
        self.name = name
        self.inboxType = inboxType
        self.confidence = confidence
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
    }
}

extension EvidenceVote {
    /// How it stands in a report.
    public static let json = JSONDescription<EvidenceVote>.object(
        EvidenceVote.init,
        .field("source", \.source, Evidence.Source.json, "The source of the evidence."),
        .field("weight", \.weight, .fraction, "How much it weighs here, after everything that takes away from it."),
        .field("detail", \.detail, .text, "What it said."))
}

extension ProviderCandidate {
    /// How it stands in a report.
    public static let json = JSONDescription<ProviderCandidate>.object(
        ProviderCandidate.init,
        .field("id", \.id, .text, "The id in the catalogue."),
        .field("name", \.name, .text, "The name."),
        .field("inbox_type", \.inboxType, .optional(InboxType.json), "The kind of mailbox there."),
        .field("confidence", \.confidence, .fraction, "How sure it is."),
        .field("votes_for", \.votesFor, .list(EvidenceVote.json), "What speaks for it, heaviest first."),
        .field("votes_against", \.votesAgainst, .list(EvidenceVote.json), "What speaks for somebody else."))
}

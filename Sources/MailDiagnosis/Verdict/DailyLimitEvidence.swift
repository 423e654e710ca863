public import FoundationEssentials
public import MailModel
public import ProviderCatalog

/// Everything that a daily limit may rest on. What is not known stays nil or `unknown`; nothing of it is required.
public struct DailyLimitEvidence: Hashable, Sendable {
    /// What the user says of the mailbox.
    public var statedStage: MailboxStage?
    /// Its age in days, as the user says.
    public var statedAge: Int?
    /// Whether the user says that the provider's account is a trial.
    public var isTrial = false
    /// What INBOX shows.
    public var inbox: FolderHistory?
    /// What the folder of sent mail shows.
    public var sent: FolderHistory?
    /// The age in days of the registered domain.
    public var domainAge: Int?
    /// The domain's SPF record.
    public var spf = PublishedRecordState.unknown
    /// The domain's DKIM key.
    public var dkim = PublishedRecordState.unknown
    /// The domain's DMARC record.
    public var dmarc = PublishedRecordState.unknown
    /// Whether the provider held the run back.
    public var wasThrottled = false
    /// The provider, for its limits; nil when it is not known.
    public var profile: ProviderProfile?
    /// What kind of mailbox it is; nil when it is not known.
    public var inboxType: InboxType?
    /// The domain of the address.
    public var domain: DomainName?

    /// No evidence at all.
    public init() {}

    /// The three records with their names, in the order in which they are told.
    var records: [(name: String, state: PublishedRecordState)] { [("SPF", spf), ("DKIM", dkim), ("DMARC", dmarc)] }
}

/// Reading the evidence out of a run.
extension DailyLimitEvidence {
    /// What the checks of a run show.
    ///
    /// - Parameters:
    ///   - observations: What the checks saw.
    ///   - findings: What it means; a server that held the run back is told there.
    ///   - claims: What is said of the mailbox.
    ///   - now: The time of the run, from which ages are counted.
    public init(
        observations: [Observation], findings: [Finding], claims: MailboxClaims = MailboxClaims(), at now: Date
    ) {
        self.init()
        statedStage = claims.stage
        statedAge = claims.ageInDays
        isTrial = claims.isTrial
        domainAge = claims.domainAge
        for case .mailbox(let facts) in observations.compactMap(\.facts) {
            inbox = Self.history(facts.inboxMessages, facts.inboxOldest, now)
            sent = Self.history(facts.sentMessages, facts.sentOldest, now)
        }
        for observation in observations where observation.outcome == .observed {
            switch observation.facts {
            case .spf(let facts)?: spf = PublishedRecordState(facts)
            case .dmarc(let facts)?: dmarc = PublishedRecordState(facts)
            case .dkim(let facts)?: dkim = PublishedRecordState(facts)
            default: break
            }
        }
        let heldBack: Set<FindingID> = [.rateLimited, .tooManyLogins]
        wasThrottled = findings.contains { heldBack.contains($0.id) }
    }

    private static func history(_ messages: Int?, _ oldest: Date?, _ now: Date) -> FolderHistory? {
        guard messages != nil || oldest != nil else { return nil }
        let days = oldest.map { Int(max(0, min(now.timeIntervalSince($0), 1e10)) / 86_400) }
        return FolderHistory(messages: messages, oldestAge: days)
    }
}

/// What a mail folder shows of a mailbox's past. No message is read for it.
public struct FolderHistory: Hashable, Sendable {
    /// The number of messages, nil when it is not known.
    public var messages: Int?
    /// The age in days of the oldest message, nil when there is none or it is not known.
    public var oldestAge: Int?

    /// Makes a history.
    public init(messages: Int? = nil, oldestAge: Int? = nil) {
        self.messages = messages
        self.oldestAge = oldestAge
    }
}

/// How a record that vouches for a domain's mail stands, the best first.
public enum PublishedRecordState: String, Hashable, Sendable, CaseIterable {
    /// It is there and in order.
    case pass
    /// Nobody could or did look.
    case unknown
    /// There is none.
    case missing
    /// It is there and does not do its work: it cannot be read, or it forbids what the mailbox does.
    case failing

    /// Whether something is known to be wrong.
    var isBad: Bool { self == .missing || self == .failing }
}

/// What the facts of each record come to. Rules and advice both rest on it.
extension PublishedRecordState {
    /// What receivers answer with permerror fails (RFC 7208, sections 4.5 and 4.6). Whether a record without the
    /// provider's include lets its servers send in another way is not known.
    init(_ facts: SPFFacts) {
        if !facts.lookup.isAnswered {
            self = .unknown
        } else if facts.recordCount == 0 {
            self = .missing
        } else if facts.fault != nil {
            self = .failing
        } else {
            self = facts.includesProvider == false ? .unknown : .pass
        }
    }

    /// Several records count for none, and one without a policy does nothing (RFC 7489, section 6.6.3).
    init(_ facts: DMARCFacts) {
        if !facts.decisiveLookup.isAnswered {
            self = .unknown
        } else if facts.recordCount == 0 {
            self = .missing
        } else {
            self = facts.recordCount == 1 && facts.policy != nil ? .pass : .failing
        }
    }

    /// One key is enough: providers hand out several names and use one at a time.
    init(_ facts: DKIMFacts) {
        let states = facts.selectors.map(\.state)
        if states.contains(.key) {
            self = .pass
        } else if states.isEmpty || states.contains(.notKnown) {
            self = .unknown
        } else {
            self = states.contains(.withdrawn) ? .failing : .missing
        }
    }
}

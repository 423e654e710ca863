import MailModel
import ProviderCatalog

/// What stage a mailbox is in, and how old it is, by the best evidence there is.
///
/// Best first: what the user says, what IMAP shows, how old the domain is. A domain's age can show that a mailbox is
/// new; it cannot show that one is in use.
struct StageDecision {
    private(set) var stage = MailboxStage.unknown
    /// The age that is known, or an upper bound of it; nil when neither is.
    private(set) var age: Int?
    /// Whether the age is an upper bound only: such a one can forbid, but lifts nothing.
    private(set) var isUpperBound = false
    private(set) var reasons: [LimitReason] = []

    private let evidence: DailyLimitEvidence
    private let bands: DailyLimitBands

    init(_ evidence: DailyLimitEvidence, _ bands: DailyLimitBands) {
        self.evidence = evidence
        self.bands = bands
        decide()
        if evidence.isTrial { limitToTrial() }
    }

    /// The age to assume where a figure depends on it: a stage that the user names stands for the youngest such mailbox.
    var assumedAge: Int {
        if let age { return age }
        switch stage {
        case .new, .unknown: return 0
        case .warming: return bands.warmingFrom
        case .established: return bands.establishedFrom
        }
    }

    /// Whether sent mail was looked for and could not be counted.
    private var sentIsUnknown = false

    /// Whether the stage rests on little: the domain is younger than it claims (the user's word stands, but nothing is
    /// added to it), or only mail that arrived could be counted.
    var isDoubtful: Bool { sentIsUnknown || isYoungDomain }

    private var isYoungDomain: Bool {
        guard let domainAge = evidence.domainAge else { return false }
        return domainAge < bands.warmingFrom && [.warming, .established].contains(stage)
    }

    private mutating func decide() {
        if let stated = evidence.statedStage, stated != .unknown {
            stage = stated
            age = evidence.statedAge.map(boundByDomain)
            add("stage_stated", "The user says that the mailbox is \(stated.rawValue).", Self.useIt(stated))
            if isYoungDomain { addDomainDoubt() }
        } else if let stated = evidence.statedAge {
            let bounded = boundByDomain(stated)
            age = bounded
            stage = bands.stage(ageInDays: bounded)
            add("age_stated", "The user says that the mailbox is \(stated) days old.", useUntil(stage))
            if bounded < stated { addDomainDoubt() }
        } else if let oldest = Self.oldest(evidence) {
            decideByIMAP(oldest)
        } else if let domainAge = evidence.domainAge {
            decideByDomain(domainAge)
        } else {
            add(
                "nothing_known", "Nothing is known of the mailbox's age, so it is treated as new.", .tellMailboxAge)
        }
    }

    private mutating func decideByIMAP(_ oldest: Int) {
        let bounded = boundByDomain(oldest)
        age = bounded
        stage = bands.stage(ageInDays: bounded)
        add(
            "imap_history", "IMAP shows \(Self.words(evidence)): the oldest message is \(oldest) days old.",
            useUntil(stage))
        if bounded < oldest { addDomainDoubt() }
        limitBySentMail()
    }

    /// Mail that arrives makes no sender: who has sent little is not used to sending, however old the mailbox is.
    private mutating func limitBySentMail() {
        let rules = bands.rules
        guard let sent = evidence.sent?.messages else { return limitByArrivedMail() }
        let most: MailboxStage =
            sent >= rules.establishedFromSent ? .established : sent >= rules.warmingFromSent ? .warming : .new
        guard Self.rank(most) < Self.rank(stage) else { return }
        stage = most
        let needed = most == .new ? rules.warmingFromSent : rules.establishedFromSent
        add(
            "sent_few", "Only \(sent) messages lie in the folder of sent mail.", .tellMailboxStage(orSent: needed))
    }

    /// Where sent mail cannot be counted, mail that arrived must do: it shows use of some kind, and no more than that.
    private mutating func limitByArrivedMail() {
        guard stage != .new else { return }
        sentIsUnknown = true
        let arrived = evidence.inbox?.messages
        stage = (arrived ?? 0) < bands.rules.warmingFromSent ? .new : .warming
        add(
            "sent_unknown",
            "The folder of sent mail could not be counted, so with \(arrived ?? 0) messages in INBOX no more than "
                + "\(stage.rawValue) is assumed.",
            .tellMailboxStage(orSent: nil))
    }

    private mutating func decideByDomain(_ domainAge: Int) {
        if domainAge < bands.warmingFrom {
            stage = .new
            age = domainAge
            isUpperBound = true
            add(
                "domain_new", "The domain was registered \(domainAge) days ago: no mailbox can be older.",
                useUntil(.new))
        } else {
            add(
                "domain_age_only", "The domain is \(domainAge) days old, which does not show that the mailbox is used.",
                .tellMailboxAge)
        }
    }

    private mutating func limitToTrial() {
        if [.warming, .established].contains(stage) { stage = .new }
        add(
            "trial",
            "The provider's account is said to be a trial: it counts as new, and providers watch it.",
            "What would raise it: a paid plan.")
    }

    private mutating func addDomainDoubt() {
        guard let domainAge = evidence.domainAge else { return }
        add(
            "domain_younger", "The domain was registered only \(domainAge) days ago.",
            "What would raise it: a domain of \(bands.warmingFrom) days and more.")
    }

    private mutating func add(_ id: String, _ evidence: String, _ action: RemedyStep) {
        reasons.append(LimitReason(id, evidence, action: action))
    }

    private mutating func add(_ id: String, _ evidence: String, _ raise: String?) {
        reasons.append(LimitReason(id, evidence, raise: raise))
    }

    private func boundByDomain(_ age: Int) -> Int { min(age, evidence.domainAge ?? age) }

    private func useUntil(_ stage: MailboxStage) -> String? {
        switch stage {
        case .new, .unknown:
            "What would raise it: regular use until it is \(bands.warmingFrom) days old."
        case .warming: "What would raise it: regular use until it is \(bands.establishedFrom) days old."
        case .established: nil
        }
    }

    private static func useIt(_ stage: MailboxStage) -> String? {
        stage == .established ? nil : "What would raise it: regular use, and then a later stage."
    }

    private static func oldest(_ evidence: DailyLimitEvidence) -> Int? {
        [evidence.inbox?.oldestAge, evidence.sent?.oldestAge].compactMap(\.self).max()
    }

    private static func words(_ evidence: DailyLimitEvidence) -> String {
        let inbox = evidence.inbox?.messages.map { "\($0) messages in INBOX" }
        let sent = evidence.sent?.messages.map { "\($0) in Sent" }
        let parts = [inbox, sent].compactMap(\.self)
        return parts.isEmpty ? "a history" : parts.joined(separator: " and ")
    }

    private static func rank(_ stage: MailboxStage) -> Int {
        switch stage {
        case .new, .unknown: 0
        case .warming: 1
        case .established: 2
        }
    }
}

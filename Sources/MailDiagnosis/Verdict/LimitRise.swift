import MailModel
import ProviderCatalog

/// How far good evidence lifts the number inside its band: a third of the band for each of three kinds.
///
/// Bad evidence keeps it at the low end: see `LimitCut` for what takes it below.
struct LimitRise {
    private(set) var thirds = 0
    private(set) var reasons: [LimitReason] = []

    private let evidence: DailyLimitEvidence
    private let decision: StageDecision
    private let bands: DailyLimitBands

    init(_ evidence: DailyLimitEvidence, _ decision: StageDecision, _ bands: DailyLimitBands) {
        self.evidence = evidence
        self.decision = decision
        self.bands = bands
        judgeAge()
        judgeVolume()
        judgeRecords()
        let isHeld = evidence.records.contains { $0.state.isBad } || evidence.wasThrottled || evidence.isTrial
        guard isHeld || decision.isDoubtful else { return }
        thirds = 0
        // What would have lifted it is not told as if it had.
        reasons.removeAll { ["well_aged", "old_domain", "volume_sent"].contains($0.id) }
    }

    /// Records in order lift nothing alone: they are judged last, and count where age or volume does.
    private mutating func judgeRecords() {
        for (name, state) in evidence.records where state.isBad {
            reasons.append(
                LimitReason(
                    "\(name.lowercased())_\(state.rawValue)",
                    state == .missing
                        ? "No \(name) record of the domain was found, so the number stays at the low end."
                        : "The domain's \(name) record fails, which keeps the number below the low end.",
                    raise: "What would raise it: \(name) in order."))
        }
        let unknown = evidence.records.filter { $0.state == .unknown }.map(\.name)
        if evidence.records.allSatisfy({ $0.state == .pass }) {
            let counts = thirds > 0
            thirds += counts ? 1 : 0
            reasons.append(
                LimitReason(
                    "authentication_passes", "SPF, DKIM and DMARC are in order.",
                    raise: counts ? nil : "What would raise it: with that, an age or sent mail that lifts it too."))
        } else if !unknown.isEmpty {
            reasons.append(
                LimitReason(
                    "authentication_unknown", "Not known of the domain: \(unknown.joined(separator: ", ")).",
                    raise: "What would raise it: SPF, DKIM and DMARC all seen in order."))
        }
    }

    /// Well inside its stage, not only just arrived there.
    private mutating func judgeAge() {
        let needed: Int
        switch decision.stage {
        case .new: needed = bands.warmingFrom / 2
        case .warming: needed = (bands.warmingFrom + bands.establishedFrom) / 2
        case .established: needed = bands.establishedFrom.multipliedReportingOverflow(by: 2).partialValue
        case .unknown: return judgeDomainAge()
        }
        if let age = decision.age, !decision.isUpperBound, age >= needed {
            thirds += 1
            reasons.append(LimitReason("well_aged", "At \(age) days it is well inside its stage."))
        } else {
            reasons.append(
                LimitReason(
                    "not_well_aged", "It is not known to be well inside its stage.",
                    raise: "What would raise it: an age of \(needed) days."))
        }
    }

    private mutating func judgeDomainAge() {
        let needed = bands.rules.oldDomainFromDays
        guard let age = evidence.domainAge, age >= needed else { return }
        thirds += 1
        reasons.append(LimitReason("old_domain", "The domain has a history: it is \(needed) days old and older."))
    }

    private mutating func judgeVolume() {
        let rules = bands.rules
        let needed =
            switch decision.stage {
            case .new, .unknown: rules.warmingFromSent
            case .warming: rules.establishedFromSent
            case .established: rules.establishedFromSent.multipliedReportingOverflow(by: 2).partialValue
            }
        guard let sent = evidence.sent?.messages else { return }
        if sent >= needed {
            thirds += 1
            reasons.append(LimitReason("volume_sent", "The folder of sent mail holds \(sent) messages."))
        } else {
            reasons.append(
                LimitReason(
                    "volume_low", "The folder of sent mail holds \(sent) messages.",
                    raise: "What would raise it: \(needed) sent messages."))
        }
    }
}

/// What takes the number below the low end of its band, as a share of it.
struct LimitCut {
    private(set) var percents: [Int] = []
    private(set) var reasons: [LimitReason] = []

    init(_ evidence: DailyLimitEvidence, _ rules: DailyLimitRules) {
        if evidence.wasThrottled {
            percents.append(rules.throttledPercent)
            reasons.append(
                LimitReason(
                    "throttled",
                    "The provider held this run back, so the number is cut to \(rules.throttledPercent) %.",
                    raise: "What would raise it: a later run that is not held back."))
        }
        if evidence.records.contains(where: { $0.state == .failing }) { percents.append(rules.failingPercent) }
        if evidence.isTrial { percents.append(rules.trialPercent) }
    }

    /// What is left of a number; never less than 1.
    func applied(to number: Int) -> Int { max(1, percents.reduce(number) { $0 * $1 / 100 }) }
}

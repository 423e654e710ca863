import MailModel
import ProviderCatalog

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

public import MailModel
public import ProviderCatalog

/// Advises how much a mailbox should send a day. Pure; the figures come from the catalogue.
///
/// The number stands at the low end of the band of its stage, rises inside it with good evidence, falls below it with
/// bad evidence, and never goes beyond what the provider allows. Worse evidence never gives a higher number.
public struct DailyLimitAdvice: Sendable {
    private let bands: DailyLimitBands

    /// Takes the table.
    ///
    /// - Parameter bands: The table with its sources.
    public init(bands: DailyLimitBands) { self.bands = bands }

    /// The advice for one mailbox.
    ///
    /// - Parameter evidence: What is known.
    /// - Returns: The number, its band, and why.
    public func advise(_ evidence: DailyLimitEvidence) -> DailyLimit {
        let decision = StageDecision(evidence, bands)
        let band = bands.band(for: decision.stage)
        let rise = LimitRise(evidence, decision, bands)
        let cut = LimitCut(evidence, bands.rules)
        let caps = LimitCaps(evidence, decision, bands).all
        let lowest = caps.map(\.value).min() ?? .max
        let wished =
            cut.percents.isEmpty ? band.low + (band.high - band.low) * rise.thirds / 3 : cut.applied(to: band.low)
        let recommended = max(1, min(wished, lowest))
        let ceiling = cut.percents.isEmpty ? band.high : band.low
        var limit = DailyLimit(
            recommended: recommended, low: min(band.low, recommended),
            high: max(recommended, min(ceiling, lowest)), stage: decision.stage,
            providerCap: caps.compactMap(\.hard).min(), reasons: [], sources: [])
        let practice = bands.practice(for: evidence.profile, inboxType: evidence.inboxType, at: evidence.domain)
        if [.new, .unknown].contains(decision.stage) { limit.ramp = ramp(practice, caps) }
        let told = told(caps, below: band.high)
        limit.details =
            decision.reasons + bandReasons(decision.stage, band) + rise.reasons + cut.reasons + told.map(\.reason)
            + closingReasons(limit, practice)
        limit.reasons = limit.details.map(\.text)
        limit.sources = sources(band, evidence, told, practice)
        return limit
    }

    private func bandReasons(_ stage: MailboxStage, _ band: DailyLimitBands.Band) -> [LimitReason] {
        let words = stage == .unknown ? "new mailboxes, and for those of unknown age" : "\(stage.rawValue) mailboxes"
        var reasons = [
            LimitReason("band", "The API's page recommends \(band.low) to \(band.high) a day for \(words).")
        ]
        if stage == .warming {
            reasons.append(
                LimitReason(
                    "warmed_or_warming",
                    "That page says \"warming\" where another page of the API's vendor says \"warmed\" for the same "
                        + "numbers, so they are meant for mailboxes at the end of their warm-up."))
        }
        return reasons
    }

    /// The caps that matter for the band, and the provider's own in any case; of one kind the lowest.
    private func told(_ caps: [LimitCap], below high: Int) -> [LimitCap] {
        caps.enumerated().filter { place, cap in
            let isFirst = !caps.enumerated().contains { other, rival in
                rival.reason.id == cap.reason.id && (rival.value, other) < (cap.value, place)
            }
            return isFirst && (cap.value < high || cap.reason.id == "provider_cap")
        }.map(\.element)
    }

    private func closingReasons(_ limit: DailyLimit, _ practice: DailyLimitPractice?) -> [LimitReason] {
        var reasons: [LimitReason] = []
        if limit.providerCap == nil {
            reasons.append(LimitReason("provider_cap_unknown", "The provider's own daily limit is not known."))
        }
        if let practice, limit.recommended > practice.stop {
            reasons.append(
                LimitReason(
                    "practice",
                    "Pages about cold mail advise no more than \(practice.stop) a day for such a mailbox; the API's page "
                        + "allows more."))
        }
        if !limit.ramp.isEmpty {
            reasons.append(
                LimitReason(
                    "ramp",
                    "The API documents no way to change the limit later, so it is set for the first month; keep the "
                        + "campaigns at the numbers of the weeks below."))
        }
        return reasons
    }

    private func ramp(_ practice: DailyLimitPractice?, _ caps: [LimitCap]) -> [RampStep] {
        let lowest = caps.filter(\.holdsAlways).map(\.value).min() ?? .max
        return (practice?.ramp ?? []).map { step in
            RampStep(fromWeek: step.fromWeek, toWeek: step.toWeek, daily: max(1, min(step.daily, lowest)))
        }
    }

    /// Each source once, in the order of the reasons.
    private func sources(
        _ band: DailyLimitBands.Band, _ evidence: DailyLimitEvidence, _ caps: [LimitCap],
        _ practice: DailyLimitPractice?
    ) -> [String] {
        var all = [band.source]
        if evidence.statedStage == nil { all.append(bands.ageSource) }
        all += caps.flatMap(\.sources) + (practice?.sources ?? [])
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }
}

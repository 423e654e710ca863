public import MailModel
public import ProviderCatalog

/// Advises how much a mailbox should send a day. Pure; the figures come from the catalogue.
public struct DailyLimitAdvice: Sendable {
    private let bands: DailyLimitBands

    /// Takes the table.
    ///
    /// - Parameter bands: The bands by stage, with their sources.
    public init(bands: DailyLimitBands) { self.bands = bands }

    /// The advice for one mailbox.
    ///
    /// - Parameters:
    ///   - stage: What the user says of the mailbox.
    ///   - ageInDays: Its age as the user says; used when no stage is given.
    ///   - profile: The provider, for its own limit.
    /// - Returns: The number, its band, and why.
    public func advise(stage: MailboxStage?, ageInDays: Int?, profile: ProviderProfile?) -> DailyLimit {
        var reasons: [String] = []
        let decided = decide(stage, ageInDays, &reasons)
        let band = bands.band(for: decided)
        reasons.append("The band for this stage is \(band.low) to \(band.high) a day; the advice is its low end.")
        var sources = [band.source]
        var limit = DailyLimit(
            recommended: band.low, low: band.low, high: band.high, stage: decided,
            providerCap: profile?.dailyCap?.value, reasons: [], sources: [])
        if let cap = profile?.dailyCap {
            limit.low = min(limit.low, max(1, cap.value))
            limit.high = min(limit.high, max(1, cap.value))
            limit.recommended = min(limit.recommended, max(1, cap.value))
            reasons.append("The provider's own limit is \(cap.value) a day.")
            sources.append(cap.source)
        } else {
            reasons.append("The provider's own daily limit is not known.")
        }
        limit.reasons = reasons
        limit.sources = sources
        return limit
    }

    private func decide(_ stage: MailboxStage?, _ ageInDays: Int?, _ reasons: inout [String]) -> MailboxStage {
        if let stage {
            reasons.append("The mailbox is said to be \(stage.rawValue) (--stage).")
            return stage
        }
        if let ageInDays {
            reasons.append("The mailbox is said to be \(ageInDays) days old (--mailbox-age).")
            return bands.stage(ageInDays: ageInDays)
        }
        reasons.append("Nothing is known of the mailbox's age, so it is treated as new.")
        return .unknown
    }
}

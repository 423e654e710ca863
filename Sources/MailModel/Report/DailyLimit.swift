public import MailJSON

/// How used to sending a mailbox is.
public enum MailboxStage: String, Hashable, Sendable, CaseIterable {
    /// Just made.
    case new
    /// Being warmed up.
    case warming
    /// In regular use.
    case established
    /// Nobody has said; treated as new.
    case unknown
}

/// How many messages a day the mailbox should send, and why. It is advice, not a measurement.
public struct DailyLimit: Hashable, Sendable {
    /// The number to use.
    public var recommended: Int
    /// The low end of the band.
    public var low: Int
    /// The high end of the band.
    public var high: Int
    /// What the band belongs to.
    public var stage: MailboxStage
    /// The provider's own limit a day, nil when not known.
    public var providerCap: Int?
    /// Why this number.
    public var reasons: [String]
    /// Where the figures come from.
    public var sources: [String]
    /// The reasons once more, each with its stable name.
    public var details: [LimitReason]
    /// How a new mailbox should grow, week by week; empty for one that is in use already.
    public var ramp: [RampStep]

    /// Makes advice.
    public init(
        recommended: Int, low: Int, high: Int, stage: MailboxStage, providerCap: Int?, reasons: [String],
        sources: [String], details: [LimitReason] = [], ramp: [RampStep] = []
    ) {
        self.recommended = recommended
        self.low = low
        self.high = high
        self.stage = stage
        self.providerCap = providerCap
        self.reasons = reasons
        self.sources = sources
        self.details = details
        self.ramp = ramp
    }
}

extension DailyLimit {
    /// How it stands in a report.
    public static let json = JSONDescription<DailyLimit>.object(
        DailyLimit.init,
        .field("recommended", \.recommended, .integer(atLeast: 1), "The number to use."),
        .field("low", \.low, .integer(atLeast: 1), "The low end of the band."),
        .field("high", \.high, .integer(atLeast: 1), "The high end of the band."),
        .field("stage", \.stage, .word("a stage of a mailbox"), "What the band belongs to."),
        .field("provider_cap", \.providerCap, .optional(.integer), "The provider's own limit a day."),
        .field("reasons", \.reasons, .list(.text, atLeast: 1), "Why this number."),
        .field("sources", \.sources, .texts, "Where the figures come from."),
        .field(
            "details", \.details, .list(LimitReason.json), missing: [], "The reasons once more, each with a stable id."),
        .field(
            "ramp", \.ramp, .list(RampStep.json), missing: [],
            "How a new mailbox should grow, week by week; empty for one that is in use already."))
}

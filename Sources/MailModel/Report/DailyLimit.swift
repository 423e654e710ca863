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

/// One reason behind a daily limit: what it rests on, and what would change it.
public struct LimitReason: Hashable, Sendable {
    /// A stable name for programs, such as `hourly_cap`. More may be added.
    public var id: String
    /// The evidence, and what follows from it, in a sentence.
    public var evidence: String
    /// What would raise the number, in a sentence; nil when nothing would.
    public var raise: String?
    /// What the reader can do for it, where a front end may have words of its own; `raise` holds the neutral ones.
    public var action: RemedyStep?

    /// A reason; `raise` is nil when nothing would raise the number.
    public init(_ id: String, _ evidence: String, raise: String? = nil) {
        self.id = id
        self.evidence = evidence
        self.raise = raise
    }

    /// A reason that the reader can do something about.
    public init(_ id: String, _ evidence: String, action: RemedyStep) {
        self.init(id, evidence, raise: action.text)
        self.action = action
    }

    /// Both sentences.
    public var text: String { [evidence, raise].compactMap(\.self).joined(separator: " ") }
}

extension LimitReason {
    /// How it stands in a report.
    public static let json = JSONDescription<LimitReason>.object(
        { id, evidence, raise, action in
            var reason = LimitReason(id, evidence, raise: raise)
            reason.action = action
            return reason
        },
        .field("id", \.id, .text(pattern: "^[a-z][a-z0-9_]*$"), "A stable name for programs."),
        .field("evidence", \.evidence, .text, "The evidence, and what follows from it."),
        .field("raise", \.raise, .optional(.text), "What would raise the number."),
        .field(
            "action", \.action, .optional(RemedyStep.json), missing: nil,
            "What the reader can do for it; null for mere words."))
}

/// A stretch of weeks in the life of a new mailbox, and how much it should send on each of their days.
public struct RampStep: Hashable, Sendable {
    /// The first week, counted from 1.
    public var fromWeek: Int
    /// The last week, nil for "from then on".
    public var toWeek: Int?
    /// Messages a day, warm-up mail included.
    public var daily: Int

    /// Makes a step.
    public init(fromWeek: Int, toWeek: Int?, daily: Int) {
        self.fromWeek = fromWeek
        self.toWeek = toWeek
        self.daily = daily
    }
}

extension RampStep {
    /// How it stands in a report.
    public static let json = JSONDescription<RampStep>.object(
        RampStep.init,
        .field("from_week", \.fromWeek, .integer(atLeast: 1), "The first week, counted from 1."),
        .field("to_week", \.toWeek, .optional(.integer), "The last week, null for \"from then on\"."),
        .field("daily", \.daily, .integer(atLeast: 1), "Messages a day, warm-up mail included."))
}

public import MailJSON

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

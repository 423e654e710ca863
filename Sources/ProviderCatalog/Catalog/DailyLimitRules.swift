internal import MailJSON

/// How evidence moves a daily limit inside its band and below it: the object `rules` of `daily-limits.json`.
///
/// Each figure has its source and note in the file. Shares are percentages, so that no rounding differs between machines.
public struct DailyLimitRules: Hashable, Sendable {
    private let sent: Sent
    private let oldDomain: OldDomain
    private let cuts: Cuts
    private let shares: Shares

    /// Messages in Sent from which a mailbox may count as warming.
    public var warmingFromSent: Int { sent.warmingFrom }
    /// Messages in Sent from which a mailbox may count as established.
    public var establishedFromSent: Int { sent.establishedFrom }
    /// Age in days from which a domain counts as old.
    public var oldDomainFromDays: Int { oldDomain.fromDays }
    /// What is left of the number when the provider throttled.
    public var throttledPercent: Int { cuts.throttled }
    /// What is left when SPF, DKIM or DMARC fails.
    public var failingPercent: Int { cuts.failing }
    /// What is left in a trial.
    public var trialPercent: Int { cuts.trial }
    /// How much of what a server takes in one hour a day's messages may use up.
    public var hourlyPercent: Int { shares.hourly }
    /// How much of a cap that a whole organisation shares one mailbox may use up.
    public var sharedPercent: Int { shares.organisation }
    /// Where the figures come from.
    public var sources: [String] { origins.map(\.source).filter { !$0.isEmpty } }

    private var origins: [Origin] { [sent.origin, oldDomain.origin, cuts.origin, shares.origin] }

    /// Rules without figures, for a table that could not be read.
    static let none = DailyLimitRules(
        sent: Sent(warmingFrom: .max, establishedFrom: .max, origin: .none),
        oldDomain: OldDomain(fromDays: .max, origin: .none),
        cuts: Cuts(throttled: 1, failing: 1, trial: 1, origin: .none),
        shares: Shares(hourly: 1, organisation: 1, origin: .none))

    /// How they stand in the file.
    static let json = JSONDescription<DailyLimitRules>.object(
        { DailyLimitRules(sent: $0, oldDomain: $1, cuts: $2, shares: $3) },
        .field("sent", \.sent, Sent.json, "What the mailbox of sent messages tells."),
        .field("old_domain", \.oldDomain, OldDomain.json, "What the age of the domain tells."),
        .field("cuts", \.cuts, Cuts.json, "What is left of the number."),
        .field("shares", \.shares, Shares.json, "How much of a published figure is used up."))

    private init(sent: Sent, oldDomain: OldDomain, cuts: Cuts, shares: Shares) {
        self.sent = sent
        self.oldDomain = oldDomain
        self.cuts = cuts
        self.shares = shares
    }
}

/// The objects of the file, each with where its figures come from.
extension DailyLimitRules {
    /// Where figures come from: the members `source`, `date` and `note`.
    struct Origin: Hashable, Sendable {
        var source: String
        var date: CatalogDate?
        var note: String?

        /// For a table that could not be read.
        static let none = Origin(source: "", date: nil, note: nil)

        static let json = JSONDescription<Origin>.object(
            Origin.init,
            .field("source", \.source, .filledText, "Where the figures come from."),
            .field("date", \.date, .some(CatalogDate.json), "When they were looked up."),
            .field("note", \.note, .optional(.filledText), missing: nil, "How they were read."))
    }

    private struct Sent: Hashable, Sendable {
        var warmingFrom: Int
        var establishedFrom: Int
        var origin: Origin

        static let json = JSONDescription<Sent>.object(
            Sent.init,
            .field("warming_from", \.warmingFrom, .integer(in: 1...1_000_000), "Messages of a mailbox that warms up."),
            .field("established_from", \.establishedFrom, .integer(in: 1...1_000_000), "Those of an established one."),
            .inline(\.origin, Origin.json)
        ).checked { sent throws(JSONMistake) in
            try rising(sent.warmingFrom, sent.establishedFrom, "established_from")
        }
    }

    private struct OldDomain: Hashable, Sendable {
        var fromDays: Int
        var origin: Origin

        static let json = JSONDescription<OldDomain>.object(
            OldDomain.init, .field("from_days", \.fromDays, .integer(in: 1...3_650), "The age of an old domain."),
            .inline(\.origin, Origin.json))
    }

    private struct Cuts: Hashable, Sendable {
        var throttled: Int
        var failing: Int
        var trial: Int
        var origin: Origin

        static let json = JSONDescription<Cuts>.object(
            Cuts.init,
            .field("throttled_percent", \.throttled, .integer(in: 1...100), "When the provider throttled."),
            .field("failing_percent", \.failing, .integer(in: 1...100), "When SPF, DKIM or DMARC fails."),
            .field("trial_percent", \.trial, .integer(in: 1...100), "In a trial."), .inline(\.origin, Origin.json))
    }

    private struct Shares: Hashable, Sendable {
        var hourly: Int
        var organisation: Int
        var origin: Origin

        static let json = JSONDescription<Shares>.object(
            Shares.init,
            .field("hourly_percent", \.hourly, .integer(in: 1...100), "Of what a server takes in one hour."),
            .field("organisation_percent", \.organisation, .integer(in: 1...100), "Of a cap that all share."),
            .inline(\.origin, Origin.json))
    }

    /// The second of two figures must not be the smaller one.
    static func rising(_ low: Int, _ high: Int, _ key: String) throws(JSONMistake) {
        guard low <= high else { throw JSONMistake(.badValue, at: key, "\(high) is less than \(low)") }
    }
}

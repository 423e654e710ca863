/// How evidence moves a daily limit inside its band and below it: the object `rules` of `daily-limits.json`.
///
/// Each figure has its source and note in the file. Shares are percentages, so that no rounding differs between machines.
public struct DailyLimitRules: Hashable, Sendable {
    /// Messages in Sent from which a mailbox may count as warming.
    public let warmingFromSent: Int
    /// Messages in Sent from which a mailbox may count as established.
    public let establishedFromSent: Int
    /// Age in days from which a domain counts as old.
    public let oldDomainFromDays: Int
    /// What is left of the number when the provider throttled.
    public let throttledPercent: Int
    /// What is left when SPF, DKIM or DMARC fails.
    public let failingPercent: Int
    /// What is left in a trial.
    public let trialPercent: Int
    /// How much of what a server takes in one hour a day's messages may use up.
    public let hourlyPercent: Int
    /// How much of a cap that a whole organisation shares one mailbox may use up.
    public let sharedPercent: Int
    /// Where the figures come from.
    public let sources: [String]

    /// Rules without figures, for a table that could not be read.
    static let none = DailyLimitRules()

    private init() {
        (warmingFromSent, establishedFromSent, oldDomainFromDays) = (.max, .max, .max)
        (throttledPercent, failingPercent, trialPercent, hourlyPercent, sharedPercent) = (1, 1, 1, 1, 1)
        sources = []
    }

    /// Reads the object.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["sent", "old_domain", "cuts", "shares"])
        let sent = try object.object("sent")
        try sent.allow(["warming_from", "established_from", "source", "date"], optional: ["note"])
        warmingFromSent = try sent.integer("warming_from", in: 1...1_000_000)
        establishedFromSent = try sent.integer("established_from", in: warmingFromSent...1_000_000)
        let domain = try object.object("old_domain")
        try domain.allow(["from_days", "source", "date"], optional: ["note"])
        oldDomainFromDays = try domain.integer("from_days", in: 1...3_650)
        let cuts = try object.object("cuts")
        try cuts.allow(
            ["throttled_percent", "failing_percent", "trial_percent", "source", "date"], optional: ["note"])
        throttledPercent = try cuts.integer("throttled_percent", in: 1...100)
        failingPercent = try cuts.integer("failing_percent", in: 1...100)
        trialPercent = try cuts.integer("trial_percent", in: 1...100)
        let shares = try object.object("shares")
        try shares.allow(["hourly_percent", "organisation_percent", "source", "date"], optional: ["note"])
        hourlyPercent = try shares.integer("hourly_percent", in: 1...100)
        sharedPercent = try shares.integer("organisation_percent", in: 1...100)
        sources = [
            try sent.text("source"), try domain.text("source"), try cuts.text("source"), try shares.text("source"),
        ]
        for part in [sent, domain, cuts, shares] { _ = try part.date("date") }
    }
}

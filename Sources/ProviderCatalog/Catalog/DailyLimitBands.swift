internal import MailJSON
public import MailModel

/// How many messages a day suit a mailbox at each stage: the table `daily-limits.json` of the catalogue.
public struct DailyLimitBands: Hashable, Sendable {
    /// A range of messages a day, and where it comes from.
    public struct Band: Hashable, Sendable {
        /// The low end.
        public let low: Int
        /// The high end.
        public let high: Int
        /// The page that recommends it.
        public let source: String
    }

    private let bands: [MailboxStage: Range]
    private let origin: DailyLimitRules.Origin
    private let ages: Ages
    /// How evidence moves the number.
    public let rules: DailyLimitRules
    private let practices: [DailyLimitPractice]
    private let domainAge: DomainAge

    /// The age in days from which a mailbox may count as warming.
    public var warmingFrom: Int { ages.warmingFrom }
    /// The age in days from which a mailbox may count as established.
    public var establishedFrom: Int { ages.establishedFrom }
    /// Where the two ages come from.
    public var ageSource: String { ages.origin.source.isEmpty ? "not known" : ages.origin.source }
    /// Where the age of a domain can be asked for; the name of the domain goes behind it.
    public var domainAgeService: String { domainAge.base }

    /// When the figures were looked up, with the place of each in the file.
    var dates: [String: CatalogDate] {
        var dates: [String: CatalogDate] = [:]
        dates["date"] = origin.date
        dates["ages.date"] = ages.origin.date
        dates["domain_age.date"] = domainAge.origin.date
        for (number, practice) in practices.enumerated() { dates["practice[\(number)].date"] = practice.date }
        return dates
    }

    /// The band of a stage.
    ///
    /// - Parameter stage: The stage.
    /// - Returns: Its band.
    public func band(for stage: MailboxStage) -> Band {
        guard let range = bands[stage] else { return Band(low: 1, high: 1, source: "not known") }
        return Band(low: range.low, high: range.high, source: origin.source)
    }

    /// The stage of a mailbox of that age.
    ///
    /// - Parameter ageInDays: The age.
    /// - Returns: The stage by the table's ages.
    public func stage(ageInDays: Int) -> MailboxStage {
        ageInDays >= establishedFrom ? .established : ageInDays >= warmingFrom ? .warming : .new
    }

    /// What pages about cold mail advise for a mailbox.
    ///
    /// - Parameters:
    ///   - profile: The provider, nil when it is not known.
    ///   - inboxType: What kind of mailbox it is.
    ///   - domain: The domain of the address.
    /// - Returns: The first entry of the table that fits.
    public func practice(
        for profile: ProviderProfile?, inboxType: InboxType?, at domain: DomainName?
    ) -> DailyLimitPractice? {
        practices.first { $0.fits(profile, inboxType ?? profile?.inboxType, at: domain) }
    }

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = DailyLimitBands(
        bands: [:], origin: .none, ages: Ages(warmingFrom: .max, establishedFrom: .max, origin: .none), rules: .none,
        practices: [], domainAge: DomainAge(base: "", origin: .none))
}

extension DailyLimitBands {
    /// How the table stands in its file.
    static let json = JSONDescription<DailyLimitBands>.object(
        { DailyLimitBands(bands: $0, origin: $1, ages: $2, rules: $3, practices: $4, domainAge: $5) },
        .field("bands", \.bands, .table(Range.json, "Messages a day."), "The band of each stage."),
        .inline(\.origin, DailyLimitRules.Origin.json),
        .field("ages", \.ages, Ages.json, "What the age of the mailbox tells."),
        .field("rules", \.rules, DailyLimitRules.json, "How evidence moves the number."),
        .field("practice", \.practices, .list(DailyLimitPractice.json), "What pages about cold mail advise."),
        .field("domain_age", \.domainAge, DomainAge.json, "Where the age of a domain can be asked for."))

    private struct Range: Hashable, Sendable {
        var low: Int
        var high: Int

        static let json = JSONDescription<Range>.object(
            Range.init, .field("low", \.low, .integer(in: 1...1_000_000), "The low end."),
            .field("high", \.high, .integer(in: 1...1_000_000), "The high end.")
        ).checked { range throws(JSONMistake) in try DailyLimitRules.rising(range.low, range.high, "high") }
    }

    private struct Ages: Hashable, Sendable {
        var warmingFrom: Int
        var establishedFrom: Int
        var origin: DailyLimitRules.Origin

        static let json = JSONDescription<Ages>.object(
            Ages.init,
            .field("warming_from_days", \.warmingFrom, .integer(in: 1...3650), "Of a mailbox that warms up."),
            .field("established_from_days", \.establishedFrom, .integer(in: 1...3650), "Of an established one."),
            .inline(\.origin, DailyLimitRules.Origin.json)
        ).checked { ages throws(JSONMistake) in
            try DailyLimitRules.rising(ages.warmingFrom, ages.establishedFrom, "established_from_days")
        }
    }

    private struct DomainAge: Hashable, Sendable {
        var base: String
        var origin: DailyLimitRules.Origin

        static let json = JSONDescription<DomainAge>.object(
            DomainAge.init,
            .field("base", \.base, url, "The URL before the name of the domain."),
            .inline(\.origin, DailyLimitRules.Origin.json))

        private static let url = JSONDescription<String>.text(pattern: "^https://").checked {
            base throws(JSONMistake) in
            guard base.hasPrefix("https://") else { throw JSONMistake(.badValue, "it must begin with https://") }
        }
    }
}

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

    private let bands: [MailboxStage: Band]
    /// The age in days from which a mailbox may count as warming.
    public let warmingFrom: Int
    /// The age in days from which a mailbox may count as established.
    public let establishedFrom: Int
    /// Where the two ages come from.
    public let ageSource: String
    /// How evidence moves the number.
    public let rules: DailyLimitRules
    /// Where the age of a domain can be asked for; the name of the domain goes behind it.
    public let domainAgeService: String
    private let practices: [DailyLimitPractice]
    /// When the figures were looked up, with the place of each in the file.
    let dates: [String: CatalogDate]

    /// The band of a stage.
    ///
    /// - Parameter stage: The stage.
    /// - Returns: Its band.
    public func band(for stage: MailboxStage) -> Band { bands[stage] ?? Band(low: 1, high: 1, source: "not known") }

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
    /// - Returns: The first entry of the table that fits.
    public func practice(for profile: ProviderProfile?, inboxType: InboxType?) -> DailyLimitPractice? {
        practices.first { $0.fits(profile, inboxType ?? profile?.inboxType) }
    }

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = DailyLimitBands(
        bands: [:], warmingFrom: .max, establishedFrom: .max, ageSource: "not known", rules: .none,
        domainAgeService: "", practices: [], dates: [:])
}

extension DailyLimitBands {
    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` when a stage is missing or a range makes no sense.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(
            ["bands", "source", "date", "ages", "rules", "practice", "domain_age"], optional: ["note"])
        let ages = try object.object("ages")
        try ages.allow(["warming_from_days", "established_from_days", "source", "date"], optional: ["note"])
        bands = try Self.bands(in: try object.object("bands"), source: try object.text("source"))
        warmingFrom = try ages.integer("warming_from_days", in: 1...3650)
        establishedFrom = try ages.integer("established_from_days", in: warmingFrom...3650)
        ageSource = try ages.text("source")
        rules = try DailyLimitRules(try object.object("rules"))
        practices = try object.list("practice") { item throws(CatalogError) in try DailyLimitPractice(item) }
        let service = try object.object("domain_age")
        try service.allow(["base", "source", "date"], optional: ["note"])
        domainAgeService = try service.text("base")
        guard domainAgeService.hasPrefix("https://") else {
            throw service.error(.badValue, "base", "it must begin with https://")
        }
        var dates = ["date": try object.date("date"), "ages.date": try ages.date("date")]
        dates["domain_age.date"] = try service.date("date")
        for (number, practice) in practices.enumerated() { dates["practice[\(number)].date"] = practice.date }
        self.dates = dates
    }

    private static func bands(
        in object: JSONObject, source: String
    ) throws(CatalogError) -> [MailboxStage: Band] {
        try object.allow(MailboxStage.allCases.map(\.rawValue))
        var result: [MailboxStage: Band] = [:]
        for stage in MailboxStage.allCases {
            let range = try object.object(stage.rawValue)
            try range.allow(["low", "high"])
            let low = try range.integer("low", in: 1...1_000_000)
            result[stage] = Band(low: low, high: try range.integer("high", in: low...1_000_000), source: source)
        }
        return result
    }
}

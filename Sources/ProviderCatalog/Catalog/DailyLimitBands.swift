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
    private let warmingFrom: Int
    private let establishedFrom: Int
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

    /// A table without figures, for a catalogue whose table could not be read.
    static let none = DailyLimitBands(bands: [:], warmingFrom: .max, establishedFrom: .max, dates: [:])
}

extension DailyLimitBands {
    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` when a stage is missing or a range makes no sense.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["bands", "source", "date", "ages"], optional: ["note"])
        let ages = try object.object("ages")
        try ages.allow(["warming_from_days", "established_from_days", "source", "date"], optional: ["note"])
        bands = try Self.bands(in: try object.object("bands"), source: try object.text("source"))
        warmingFrom = try ages.integer("warming_from_days", in: 1...3650)
        establishedFrom = try ages.integer("established_from_days", in: warmingFrom...3650)
        dates = ["date": try object.date("date"), "ages.date": try ages.date("date")]
        _ = try ages.text("source")
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

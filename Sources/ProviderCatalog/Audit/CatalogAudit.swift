public import MailJSON
internal import MailModel

/// How well the catalogue is founded, and what should be looked up first.
public struct CatalogAudit: Hashable, Sendable {
    /// How old what a source says is.
    public enum Age: String, Hashable, Sendable, CaseIterable {
        /// Written or changed within a year.
        case year
        /// Within three years.
        case threeYears = "three_years"
        /// Before that.
        case older
        /// The page bears no day.
        case notTold = "not_told"
    }

    /// One figure: what stands in a profile with a source of its own.
    public struct Figure: Hashable, Sendable {
        /// The provider's id.
        public var provider: String
        /// Where its source stands in the profile.
        public var place: String
        /// The source.
        public var source: String
        /// Who says it.
        public var kind: SourceKind
        /// How sure it is.
        public var confidence: SourceConfidence
        /// How old it is.
        public var age: Age
        /// When it was last looked up.
        public var date: CatalogDate
        /// How many domains, exchangers and other names lead to the profile: the more there are, the more people meet it.
        public var use: Int
    }

    /// How many profiles there are.
    public let profiles: Int
    /// How many mail domains they list.
    public let domains: Int
    /// All figures; the first are those to look up first: the least sure, then the oldest, then the most used.
    public let figures: [Figure]

    /// Looks through profiles.
    ///
    /// - Parameters:
    ///   - profiles: The profiles.
    ///   - today: The day that ages are counted from.
    public init(_ profiles: [ProviderProfile], today: CatalogDate) {
        self.profiles = profiles.count
        domains = profiles.reduce(0) { $0 + $1.domains.count }
        figures = profiles.flatMap { Self.figures(of: $0, today) }.sorted {
            (Self.rank($0.confidence), Self.rank($0.age), -$0.use, $0.provider, $0.place)
                < (Self.rank($1.confidence), Self.rank($1.age), -$1.use, $1.provider, $1.place)
        }
    }

    /// How many figures have a property, for each of its values.
    ///
    /// - Parameter property: The property.
    /// - Returns: The counts, of every value.
    public func counts<Value: Hashable & CaseIterable>(_ property: (Figure) -> Value) -> [(value: Value, count: Int)] {
        let counts = figures.reduce(into: [Value: Int]()) { $0[property($1), default: 0] += 1 }
        return Value.allCases.map { ($0, counts[$0] ?? 0) }
    }

    private static func figures(of profile: ProviderProfile, _ today: CatalogDate) -> [Figure] {
        let hosts = SourceKind.hosts(of: profile)
        let use = profile.domains.count + profile.mxPatterns.count + profile.fingerprints.spfInclude.count
        return CatalogFigure.all(of: profile).map { figure in
            let kind = SourceKind(figure.source, hosts: hosts)
            return Figure(
                provider: profile.id, place: figure.keyPath, source: figure.source, kind: kind,
                confidence: figure.confidence ?? kind.confidence, age: age(figure.published, today), date: figure.date,
                use: use)
        }
    }

    /// The age by the day on the page, which may name a year or a month only.
    private static func age(_ published: String?, _ today: CatalogDate) -> Age {
        let parts = (published ?? "").split { !$0.isNumber }.compactMap { Int($0) }
        guard let year = parts.first, (1990...2200).contains(year) else { return .notTold }
        let months = (today.year - year) * 12 + today.month - (parts.count > 1 ? parts[1] : 1)
        return months < 12 ? .year : months < 36 ? .threeYears : .older
    }

    private static func rank(_ confidence: SourceConfidence) -> Int {
        switch confidence {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    private static func rank(_ age: Age) -> Int {
        switch age {
        case .older: 0
        case .notTold: 1
        case .threeYears: 2
        case .year: 3
        }
    }
}

extension CatalogAudit {
    /// How an audit is handed to programs.
    public static let document = JSONDescription<CatalogAudit>.object(
        CatalogAudit.init(profiles:domains:figures:),
        .field("profiles", \.profiles, .integer(atLeast: 0), "How many profiles there are."),
        .field("domains", \.domains, .integer(atLeast: 0), "How many mail domains they list."),
        .field("figures", \.figures, .list(Figure.json), "All figures; the first are those to look up first."),
        derived: [.constant("schema", 1, "The number of this format.")], order: ["schema"])

    private init(profiles: Int, domains: Int, figures: [Figure]) {
        self.profiles = profiles
        self.domains = domains
        self.figures = figures
    }
}

extension CatalogAudit.Figure {
    /// How a figure stands in an audit.
    public static let json = JSONDescription<CatalogAudit.Figure>.object(
        CatalogAudit.Figure.init(provider:place:source:kind:confidence:age:date:use:),
        .field("provider", \.provider, .filledText, "The provider's id."),
        .field("place", \.place, .filledText, "Where its source stands in the profile."),
        .field("source", \.source, .filledText, "The source."),
        .field("kind", \.kind, .word("a kind of source"), "Who says it."),
        .field("confidence", \.confidence, SourceConfidence.json, "How sure it is."),
        .field("age", \.age, .word("an age"), "How old it is, by the day on the page."),
        .field("date", \.date, CatalogDate.json, "When it was last looked up."),
        .field("use", \.use, .integer(atLeast: 0), "How many names lead to the profile."))
}

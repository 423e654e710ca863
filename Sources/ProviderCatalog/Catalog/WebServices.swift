/// Services on the web that know something about many domains: the table `services.json` of the catalogue.
public struct WebServices: Hashable, Sendable {
    /// A directory that tells whether a provider knows a domain.
    public struct Realm: Hashable, Sendable {
        /// The provider's id.
        public let provider: String
        /// The URL of its answer, with `{domain}` in it.
        let url: String
        /// The member of the JSON answer that tells.
        public let key: String
        /// The values of that member that mean yes.
        public let values: [String]

        /// The URL for a domain.
        ///
        /// - Parameter domain: The domain, in A-labels.
        /// - Returns: The URL.
        public func url(for domain: String) -> String { url.replacing(WebServices.placeholder, with: domain) }
    }

    static let placeholder = "{domain}"

    private let database: String
    /// What people call the public database of settings.
    public let databaseName: String
    /// The directories.
    public let realms: [Realm]
    /// When the entries were looked up, with the place of each in the file.
    let dates: [String: CatalogDate]

    /// Where the public database of settings (Mozilla's format) has its file of a domain; nil when there is none.
    ///
    /// - Parameter domain: The domain, in A-labels.
    /// - Returns: An `https` URL.
    public func databaseURL(for domain: String) -> String? {
        database.isEmpty ? nil : database.replacing(Self.placeholder, with: domain)
    }

    /// No services, for a catalogue whose table could not be read.
    static let none = WebServices(database: "", databaseName: "", realms: [], dates: [:])

    private init(database: String, databaseName: String, realms: [Realm], dates: [String: CatalogDate]) {
        self.database = database
        self.databaseName = databaseName
        self.realms = realms
        self.dates = dates
    }

    /// Reads the file.
    ///
    /// - Parameter object: The file's object.
    /// - Throws: `CatalogError` for the first thing that is not as it must be.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["public_database", "realms"], optional: ["about"])
        let entry = try object.object("public_database")
        try entry.allow(["url", "name", "source", "date"])
        _ = try entry.text("source")
        database = try Self.url(in: entry)
        databaseName = try entry.text("name")
        var dates = ["public_database.date": try entry.date("date")]
        var realms: [Realm] = []
        for (number, item) in try object.objects("realms").enumerated() {
            try item.allow(["provider", "url", "key", "values", "source", "date"])
            _ = try item.text("source")
            dates["realms[\(number)].date"] = try item.date("date")
            realms.append(
                Realm(
                    provider: try item.text("provider"), url: try Self.url(in: item), key: try item.text("key"),
                    values: try item.texts("values")))
        }
        self.realms = realms
        self.dates = dates
    }

    private static func url(in object: JSONObject) throws(CatalogError) -> String {
        let url = try object.text("url")
        guard url.hasPrefix("https://"), url.contains(placeholder) else {
            throw object.error(.badValue, "url", "it must be an https URL with \(placeholder) in it")
        }
        return url
    }
}

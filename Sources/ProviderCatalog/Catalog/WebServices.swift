internal import MailJSON

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
        let source: String
        let date: CatalogDate

        /// The URL for a domain.
        ///
        /// - Parameter domain: The domain, in A-labels.
        /// - Returns: The URL.
        public func url(for domain: String) -> String { url.replacing(WebServices.placeholder, with: domain) }
    }

    /// A public database of settings.
    struct Database: Hashable, Sendable {
        let url: String
        let name: String
        let source: String
        let date: CatalogDate
    }

    static let placeholder = "{domain}"

    private let database: Database?
    /// The directories.
    public let realms: [Realm]
    private let about: String?

    /// What people call the public database of settings.
    public var databaseName: String { database?.name ?? "" }

    /// Where the public database of settings (Mozilla's format) has its file of a domain; nil when there is none.
    ///
    /// - Parameter domain: The domain, in A-labels.
    /// - Returns: An `https` URL.
    public func databaseURL(for domain: String) -> String? {
        database?.url.replacing(Self.placeholder, with: domain)
    }

    /// When the entries were looked up, with the place of each in the file.
    var dates: [String: CatalogDate] {
        var dates: [String: CatalogDate] = [:]
        dates["public_database.date"] = database?.date
        for (number, realm) in realms.enumerated() { dates["realms[\(number)].date"] = realm.date }
        return dates
    }

    /// No services, for a catalogue whose table could not be read.
    static let none = WebServices(database: nil, realms: [], about: nil)

    /// How the table stands in its file.
    static let json = JSONDescription<WebServices>.object(
        { WebServices(database: $0, realms: $1, about: $2) },
        .field("public_database", \.database, .some(Database.json), "Settings of many domains, in Mozilla's format."),
        .field("realms", \.realms, .list(Realm.json), "Directories that tell whether a provider knows a domain."),
        .field("about", \.about, .optional(.filledText), missing: nil, "What the table is."))

    private init(database: Database?, realms: [Realm], about: String?) {
        self.database = database
        self.realms = realms
        self.about = about
    }
}

extension WebServices.Database {
    static let json = JSONDescription<WebServices.Database>.object(
        WebServices.Database.init,
        .field("url", \.url, .urlOfADomain, "Where it has its file of a domain."),
        .field("name", \.name, .filledText, "What people call it."),
        .field("source", \.source, .filledText, "Where that stands."),
        .field("date", \.date, CatalogDate.json, "When it was looked up."))
}

extension WebServices.Realm {
    static let json = JSONDescription<WebServices.Realm>.object(
        WebServices.Realm.init,
        .field("provider", \.provider, .filledText, "The provider's id."),
        .field("url", \.url, .urlOfADomain, "Where it answers."),
        .field("key", \.key, .filledText, "The member of its JSON answer that tells."),
        .field("values", \.values, .filledTexts, "The values of that member that mean yes."),
        .field("source", \.source, .filledText, "Where that stands."),
        .field("date", \.date, CatalogDate.json, "When it was looked up."))
}

extension JSONDescription where Value == String {
    /// An `https` URL with the place of the domain in it.
    fileprivate static var urlOfADomain: JSONDescription {
        text(pattern: "^https://").checked { url throws(JSONMistake) in
            guard url.hasPrefix("https://"), url.contains(WebServices.placeholder) else {
                throw JSONMistake(.badValue, "it must be an https URL with \(WebServices.placeholder) in it")
            }
        }
    }
}

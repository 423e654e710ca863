/// Where a part of a profile was learnt.
public struct SourceReference: Hashable, Sendable {
    /// The parts of a profile that need a source.
    public enum Section: String, Hashable, Sendable, CaseIterable {
        /// The mail domains.
        case domains
        /// The mail exchangers.
        case mx
        /// The fingerprints.
        case fingerprints
        /// The SMTP servers and the form of their user name.
        case smtp
        /// The IMAP servers and the form of their user name.
        case imap
        /// The kind of password.
        case password
        /// The switches.
        case switches
        /// The restrictions of plans.
        case restrictions
        /// The regions.
        case regions
    }

    /// The parts it speaks for.
    public var sections: Set<Section>
    /// A web address, an RFC, or a public file known by number only.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When it was written, as far as it says so.
    public var published: String?
    /// What it speaks for in particular.
    public var note: String?

    /// Reads one entry of `sources`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["for", "source", "date"], optional: ["published", "note"])
        sections = []
        for (number, name) in try object.texts("for").enumerated() {
            guard let section = Section(rawValue: name) else {
                throw object.error(.badValue, "for[\(number)]", "\(name) is no part of a profile that needs a source")
            }
            sections.insert(section)
        }
        source = try object.text("source")
        date = try object.date("date")
        published = try object.optionalText("published")
        note = try object.optionalText("note")
    }
}

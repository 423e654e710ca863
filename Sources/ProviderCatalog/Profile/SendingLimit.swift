/// One figure that a provider, or somebody about it, has published.
public struct SendingLimit: Hashable, Sendable {
    /// What the figure is counted over.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// One minute.
        case minute
        /// One hour.
        case hour
        /// 24 hours.
        case day
        /// One message.
        case message
        /// The account, at any time.
        case account
    }

    /// What is counted: `messages`, `recipients`, `external_recipients`, `imap_connections`, ...
    public var what: String
    /// What it is counted over.
    public var per: Scope
    /// The figure.
    public var value: Int
    /// When it holds, in words.
    public var note: String?
    /// When it holds, for the daily limit; nil for always.
    public var applies: LimitCondition?
    /// Where the figure stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When the page was written, as far as it says so.
    public var published: String?

    /// Reads one entry of `limits`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["what", "per", "value", "source", "date"], optional: ["note", "published", "applies"])
        what = try object.text("what")
        per = try object.word("per", Scope.self)
        value = try object.integer("value", in: 1...100_000_000)
        note = try object.optionalText("note")
        applies = try object.optionalObject("applies").map(LimitCondition.init)
        source = try object.text("source")
        date = try object.date("date")
        published = try object.optionalText("published")
    }
}

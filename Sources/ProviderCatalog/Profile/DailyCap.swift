/// The number of messages a day that a mailbox may never go beyond.
public struct DailyCap: Hashable, Sendable {
    /// Messages in 24 hours.
    public var value: Int
    /// Where the figure stands.
    public var source: String
    /// When it was looked up.
    public var date: CatalogDate
    /// When the page was written, as far as it says so.
    public var published: String?

    /// Reads `daily_cap`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["value", "source", "date"], optional: ["published"])
        value = try object.integer("value", in: 1...10_000_000)
        source = try object.text("source")
        date = try object.date("date")
        published = try object.optionalText("published")
    }
}

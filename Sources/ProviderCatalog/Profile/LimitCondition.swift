/// When a published figure holds: the object `applies` of a limit. A limit without one always holds.
public struct LimitCondition: Hashable, Sendable {
    /// The first day of the mailbox's or contract's life on which it holds.
    public var fromDay: Int?
    /// The last such day, nil for "from then on".
    public var toDay: Int?
    /// It holds for trials only.
    public var isForTrials: Bool
    /// It holds for addresses at this domain and below it.
    public var addressDomain: String?
    /// All mailboxes of the organisation share it.
    public var isShared: Bool
    /// It is an example: each hoster sets its own.
    public var isExample: Bool

    /// Whether it depends on how old the mailbox or its contract is.
    public var dependsOnAge: Bool { fromDay != nil || toDay != nil }

    /// Reads the object.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(
            [], optional: ["from_day", "to_day", "trial", "address_domain", "shared_by_organisation", "example"])
        fromDay = object.isNull("from_day") ? nil : try object.integer("from_day", in: 0...3_650)
        toDay = object.isNull("to_day") ? nil : try object.integer("to_day", in: 0...3_650)
        isForTrials = try object.optionalFlag("trial")
        addressDomain = try object.optionalText("address_domain")
        isShared = try object.optionalFlag("shared_by_organisation")
        isExample = try object.optionalFlag("example")
    }
}

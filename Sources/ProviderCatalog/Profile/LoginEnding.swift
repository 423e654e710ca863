public import MailModel

/// A provider's announcement that logins with a password end.
public struct LoginEnding: Hashable, Sendable {
    /// What happens on that day.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// No password is taken any more.
        case ended
        /// Passwords are switched off where nobody has decided otherwise.
        case offByDefault = "off_by_default"
    }

    /// The side.
    public var service: MailService
    /// The day.
    public var day: CatalogDate
    /// What happens.
    public var state: State
    /// Where it is announced.
    public var source: String
    /// When that was looked up.
    public var date: CatalogDate

    /// Reads one entry of `login_endings`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["service", "day", "state", "source", "date"])
        guard let service = MailService(rawValue: try object.text("service")) else {
            throw object.error(.badValue, "service", "it must be smtp or imap")
        }
        self.service = service
        day = try object.date("day")
        state = try object.word("state", State.self)
        source = try object.text("source")
        date = try object.date("date")
    }
}

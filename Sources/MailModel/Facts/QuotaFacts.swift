public import MailJSON

/// How much of one resource is used (RFC 9208, section 5).
public struct QuotaFacts: Hashable, Sendable {
    /// The resource, upper case: `STORAGE` (in units of 1024 octets), `MESSAGE` (in messages), ...
    public var resource: String
    /// How much is used.
    public var used: Int
    /// How much is allowed.
    public var limit: Int

    /// Makes facts.
    public init(resource: String, used: Int, limit: Int) {
        self.resource = resource
        self.used = used
        self.limit = limit
    }
}

extension QuotaFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<QuotaFacts>.object(
        QuotaFacts.init,
        .field("resource", \.resource, .text, "STORAGE (in units of 1024 octets), MESSAGE (in messages), ..."),
        .field("used", \.used, .integer, "How much is used."),
        .field("limit", \.limit, .integer, "How much is allowed."))
}

/// What the API says of one account of a bulk request. Its documentation shows no fields, so any may be missing.
public struct BulkItemResult: Hashable, Sendable {
    /// The address in lower case, as far as it was named.
    public var address: String?
    /// Whether the account is there now; nil when the answer does not say.
    public var succeeded: Bool?
    /// The API's id of the account.
    public var inboxID: String?
    /// The API's word for its state.
    public var status: String?
    /// Why, safe to show.
    public var message: String?
}

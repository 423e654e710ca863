public import MailModel

/// Whose attempts belong together: one address at one API.
public struct JournalAccount: Hashable, Sendable {
    /// The address in lower case. The API refuses a second account that differs in case only, so they are one here too.
    public let address: String
    /// Where the API lives.
    public let apiBase: String

    /// Names an account.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - base: Where the API lives.
    public init(address: EmailAddress, base: APIBase) {
        self.address = address.description.lowercased()
        apiBase = base.description
    }
}

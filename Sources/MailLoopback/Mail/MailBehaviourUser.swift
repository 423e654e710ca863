/// One account at a mail peer. Its password is a made-up one: it is written in a fixture.
public struct MailBehaviourUser: Hashable, Sendable, Codable {
    /// The user name.
    public var username: String
    /// The password or access token.
    public var password: String
    /// The name of the reply to a login with the right password, nil for `accepted`.
    public var outcome: String?

    /// Makes an account.
    public init(username: String, password: String, outcome: String? = nil) {
        self.username = username
        self.password = password
        self.outcome = outcome
    }
}

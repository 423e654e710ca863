/// What a client presented to log in.
struct LoginAttempt: Hashable, Sendable {
    var username: String
    /// The password or the access token.
    var password: String
    /// The SASL mechanism, or `LOGIN` for IMAP's command.
    var mechanism: String
}

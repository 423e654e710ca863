/// How far a login has come after one more line.
enum LoginProgress: Hashable, Sendable {
    /// The line begins no login that is known here.
    case notALogin
    /// The client waits for this line, given without its end.
    case prompt(String)
    /// The client will go on by itself.
    case quiet
    /// All is there.
    case attempt(LoginAttempt)
    /// The client gave up.
    case cancelled
    /// What the client sent cannot be read.
    case malformed
}

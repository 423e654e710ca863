public import MailModel

/// One login that is about to be sent.
public struct LoginAttempt: Hashable, Sendable {
    /// Where it goes.
    public var endpoint: Endpoint
    /// The user name.
    public var username: String
    /// What proves it.
    public var credential: Credential
    /// The provider's id in the catalogue, whose manners hold; nil when it is not known.
    public var provider: String?

    /// A login that is about to be sent.
    public init(endpoint: Endpoint, username: String, credential: Credential, provider: String? = nil) {
        self.endpoint = endpoint
        self.username = username
        self.credential = credential
        self.provider = provider
    }
}

/// What a guard says to a login.
public enum LoginPermission: Hashable, Sendable {
    /// It may be sent now.
    case granted
    /// It may not, for this reason.
    case refused(SkipReason)
    /// It was sent for another account with the same login, and this is what the server said to it. It is not sent again.
    case answered(LoginFacts)
}

/// Keeps the promise of one login per endpoint and credential: providers lock accounts that are tried twice.
///
/// It is a seam: a run has one in memory, a batch one in its row journal, a fleet one in its queue. A guard may also hold a
/// login back for the sake of a provider's pace; what it takes for that does not count against the server.
public protocol LoginGuard: Sendable {
    /// Asks for the one login, and waits for its turn. A cancelled task gets an answer at once.
    func permission(for attempt: LoginAttempt) async -> LoginPermission

    /// The login that was granted was answered, or broke off without an answer.
    func ended(_ attempt: LoginAttempt, _ facts: LoginFacts?) async
}

/// The guard of one run, in memory.
public actor RunLoginGuard: LoginGuard {
    private struct Key: Hashable {
        var service: MailService
        var host: String
        var username: String
        var credential: Credential
    }

    private var seen: Set<Key> = []

    /// A guard that has seen no login.
    public init() {}

    /// Grants the first of equal logins. The port does not count: 587 and 465 of a host are the same door.
    public func permission(for attempt: LoginAttempt) -> LoginPermission {
        let key = Key(
            service: attempt.endpoint.service, host: attempt.endpoint.host.lowercased(), username: attempt.username,
            credential: attempt.credential)
        return seen.insert(key).inserted ? .granted : .refused(.triedBefore)
    }

    /// Nothing has to be remembered of how a login ended.
    public func ended(_ attempt: LoginAttempt, _ facts: LoginFacts?) {}
}

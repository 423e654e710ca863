internal import MailModel
internal import MailNetwork

/// What every check of a run shares.
struct CheckContext: Sendable {
    /// How long one stage may take at most, whatever is left of the run. A refused login may be held back by the server
    /// for many seconds, so logins have longer.
    static let stageLimit = Duration.seconds(10)
    static let authLimit = Duration.seconds(25)
    /// How long each answer is waited for that is good to have, and how long an endpoint is that is tried besides.
    static let bonusLimit = Duration.seconds(3)
    static let alternativeLimit = Duration.seconds(6)

    var connector: TCPConnector
    var trust: TrustLoader
    var ledger: LoginLedger
    var redactor: Redactor
    var started: ContinuousClock.Instant
    var deadline: ContinuousClock.Instant
    var unprovenMechanisms: Set<String> = []
    /// The test message, nil when none is to be sent.
    var delivery: DeliveryDesk?

    /// When a stage that begins now must be over.
    func deadline(for stage: Stage) -> ContinuousClock.Instant {
        min(deadline, .now + (stage == .auth ? Self.authLimit : Self.stageLimit))
    }
}

/// Who logs in where, or why nobody does.
enum LoginPlan: Sendable {
    case login(username: String, credential: Credential)
    case none(reason: String)
}

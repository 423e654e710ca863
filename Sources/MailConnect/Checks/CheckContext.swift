internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// What every check of a run shares.
struct CheckContext: Sendable {
    /// How long one stage may take at most, whatever is left of the run. A refused login may be held back by the server
    /// for many seconds, so logins have longer.
    static let stageLimit = Duration.seconds(10)
    static let authLimit = Duration.seconds(25)
    /// How long all together is waited for what is good to have and not essential, and how long an endpoint that is tried
    /// besides may take.
    static let bonusLimit = Duration.seconds(3)
    static let alternativeLimit = Duration.seconds(6)

    var connector: TCPConnector
    var trust: TrustLoader
    var logins: any LoginGuard
    var redactor: Redactor
    /// When everything must be over, on the run's own clock: it stands still while the run waits in a queue of ours.
    var deadline: RunInstant
    /// Where events go; nil for connections that nobody hears of.
    var sink: RunSink?
    /// The provider's id, for the guard of logins.
    var provider: String?
    /// Whether the password goes without the blanks that it was given with.
    var removesBlanks = false
    var unprovenMechanisms: Set<String> = []
    /// The test message, nil when none is to be sent.
    var delivery: TestDelivery?

    /// When a stage that begins now must be over.
    func deadline(for stage: Stage) -> RunInstant {
        deadline.orAfter(stage == .auth ? Self.authLimit : Self.stageLimit)
    }
}

/// Who logs in where, or why nobody does.
enum LoginPlan: Sendable {
    case login(username: String, credential: Credential)
    case none(SkipReason)
}

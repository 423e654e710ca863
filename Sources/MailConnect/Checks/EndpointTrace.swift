internal import MailModel
internal import MailProtocol

/// What one connection to one endpoint brought, before it is sorted into checks.
struct EndpointTrace: Sendable {
    var endpoint: Endpoint
    var connection = ConnectionFacts()
    var record = SessionRecord()
    var tls: TLSFacts?
    /// The first thing that went wrong.
    var failure: SessionFailure?
    /// Why no login was sent, nil when one was.
    var loginWithheld: LoginWithheld?
    var durations: [Stage: Duration] = [:]
    var transcript: [TranscriptEntry] = []

    enum LoginWithheld: Sendable {
        case skipped(String)
        case channelNotVerified
    }
}

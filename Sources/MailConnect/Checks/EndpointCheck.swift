internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// Checks one endpoint over at most one connection: connect, TLS, capabilities, login, and for IMAP the mailbox.
struct EndpointCheck: Sendable {
    let endpoint: Endpoint
    let login: LoginPlan
    let context: CheckContext
    /// The only address family to use, nil for both.
    var overIPv6: Bool?

    /// Runs the check. It never throws and never judges.
    func run() async -> EndpointTrace {
        var trace = EndpointTrace(endpoint: endpoint)
        let begun = ContinuousClock.now
        let result = await context.connector.connect(
            host: endpoint.host, port: endpoint.port, overIPv6: overIPv6, until: context.deadline(for: .connect))
        trace.connection = result.facts
        trace.durations[.dns] = result.lookupDuration
        trace.durations[.connect] = ContinuousClock.now - begun - result.lookupDuration
        guard let connection = result.connection else {
            trace.failure = SessionFailure(stage: .connect, failure: result.failure ?? .notConnected([]))
            return trace
        }
        trace.transcript.append(
            TranscriptEntry(
                at: ContinuousClock.now - context.started, endpoint: endpoint, direction: .event,
                text: "connected to \(result.facts.connectedAddress ?? endpoint.host)"))
        var dialogue = EndpointDialogue(context: context, login: login, connection: connection, trace: trace)
        await dialogue.run()
        return dialogue.trace
    }
}

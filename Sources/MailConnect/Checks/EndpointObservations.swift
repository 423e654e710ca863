internal import MailModel
internal import MailProtocol

/// Sorts the trace of one connection into the checks of its service. Pure.
struct EndpointObservations {
    private let trace: EndpointTrace
    private let service: MailService
    /// The check that the first failure belongs to.
    private let failing: CheckID?

    init(_ trace: EndpointTrace) {
        self.trace = trace
        service = trace.endpoint.service
        failing = trace.failure.map { Self.check(for: $0.stage, in: trace) }
    }

    /// All observations, in the order in which a connection runs.
    var all: [Observation] {
        var result = [connect, tls, capabilities, auth]
        if service == .imap { result.append(mailboxes) }
        return result
    }

    private static func check(for stage: Stage, in trace: EndpointTrace) -> CheckID {
        let name =
            switch stage {
            case .dns, .connect: "connect"
            // With implicit TLS the greeting comes after the handshake.
            case .greeting: trace.endpoint.security == .starttls ? "connect" : "capabilities"
            case .tls: "tls"
            case .capabilities: "capabilities"
            case .auth: "auth"
            case .mailbox: "mailboxes"
            case .submit, .register: "sender"
            }
        return .of(trace.endpoint.service, name)
    }

    private var connect: Observation {
        var facts = trace.connection
        facts.greeting = trace.record.greeting
        let stages: [Stage] = [.dns, .connect] + (trace.endpoint.security == .starttls ? [.greeting] : [])
        return observation("connect", .connect, stages, seen: facts.connectedAddress != nil, .connection(facts))
    }

    private var tls: Observation {
        observation("tls", .tls, [.tls], seen: trace.tls != nil, trace.tls.map { .tls($0) })
    }

    private var capabilities: Observation {
        let record = trace.record
        let facts = CapabilityFacts(
            beforeTLS: record.capabilitiesBeforeTLS, onLoginChannel: record.capabilities,
            mechanisms: record.mechanisms, implementation: record.implementation, alerts: record.alerts,
            unsolicited: record.unsolicited)
        let stages: [Stage] = (trace.endpoint.security == .tls ? [.greeting] : []) + [.capabilities]
        return observation(
            "capabilities", .capabilities, stages, seen: record.capabilities != nil, .capabilities(facts))
    }

    private var auth: Observation {
        let facts = trace.record.login.map { CheckFacts.login($0) }
        var result = observation("auth", .auth, [.auth], seen: trace.record.login != nil, facts)
        guard failing == nil || failing == .of(service, "auth") else { return result }
        switch trace.loginWithheld {
        case .channelNotVerified: result.outcome = .blocked(by: .of(service, "tls"))
        case .skipped(let reason): result.outcome = .skipped(reason)
        case nil: break
        }
        return result
    }

    private var mailboxes: Observation {
        var result = observation(
            "mailboxes", .mailbox, [.mailbox], seen: trace.record.mailbox != nil,
            trace.record.mailbox.map { .mailbox($0) })
        if failing == nil, trace.record.login == nil { result.outcome = .blocked(by: .of(service, "auth")) }
        return result
    }

    private func observation(
        _ name: String, _ stage: Stage, _ stages: [Stage], seen: Bool, _ facts: CheckFacts?
    ) -> Observation {
        let id = CheckID.of(service, name)
        var result = Observation(
            id: id, stage: stage, endpoint: trace.endpoint, outcome: .observed, facts: seen ? facts : nil,
            duration: stages.compactMap { trace.durations[$0] }.reduce(nil) { ($0 ?? .zero) + $1 })
        if let failure = trace.failure, failing == id {
            result.outcome = .failed(failure.failure)
            result.stage = failure.stage
            result.facts = facts
        } else if !seen {
            result.outcome = failing.map { .blocked(by: $0) } ?? .broke("the dialogue ended before this step")
        }
        return result
    }
}

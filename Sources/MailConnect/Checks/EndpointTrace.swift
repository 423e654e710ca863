internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// What one connection to one endpoint brought, and how it sorts into the checks of its service. Pure.
struct EndpointTrace: Sendable {
    var endpoint: Endpoint
    var connection = ConnectionFacts()
    var record = SessionRecord()
    var tls: TLSFacts?
    /// The first thing that went wrong.
    var failure: SessionFailure?
    /// Why no login was sent, nil when one was.
    var loginWithheld: LoginWithheld?
    /// Whether the login is one that was sent for another account: nothing was looked at behind it.
    var isLoginKnown = false
    var durations: [Stage: Duration] = [:]

    enum LoginWithheld: Sendable {
        case skipped(SkipReason)
        case channelNotVerified
    }

    init(endpoint: Endpoint) { self.endpoint = endpoint }

    /// Whether the server accepted the login.
    var loginPassed: Bool { record.login?.isAccepted ?? false }

    /// Whether the connection was made over IPv6.
    var isIPv6: Bool { connection.connectedAddress.flatMap { IPAddress($0) }?.isIPv6 ?? false }

    /// Whether the host has addresses of the other family.
    var hasOtherFamily: Bool {
        guard connection.connectedAddress != nil else { return false }
        return connection.lookups.flatMap(\.records).contains { record in
            guard case .address(let text) = record, let address = IPAddress(text) else { return false }
            return address.isIPv6 != isIPv6
        }
    }

    /// Why no login would be possible there; nil when one would be.
    var obstacle: SessionFailure? {
        if let failure { return failure }
        guard let tls, VerifiedChannel(tls) != nil else {
            return SessionFailure(stage: .tls, failure: .tls(.other("its certificate cannot be trusted")))
        }
        return record.mechanisms.isEmpty ? SessionFailure(stage: .auth, failure: .loginNotOffered) : nil
    }

    /// What its host learnt; nil when it was not reached.
    var disclosure: Disclosure? {
        guard connection.connectedAddress != nil else { return nil }
        return Disclosure(party: endpoint.host, matter: record.login == nil ? .connection : .login)
    }
}

extension EndpointTrace {
    private var service: MailService { endpoint.service }

    /// All observations, in the order in which a connection runs.
    var observations: [Observation] {
        let all = [connect, tlsHandshake, capabilities, auth]
        return service == .imap && !isLoginKnown ? all + [mailboxes] : all
    }

    /// How many of `observations` will not change any more while the connection goes on.
    ///
    /// - Parameter isReady: Whether the session has learnt all that can be known without a login.
    /// - Returns: That many, from the first.
    func settledCount(isReady: Bool) -> Int {
        if record.login?.isAccepted == true, record.failure == nil { return 4 }
        if isReady { return 3 }
        if tls != nil { return 2 }
        let isConnected = connection.connectedAddress != nil
        return isConnected && (endpoint.security == .tls || record.greeting != nil) ? 1 : 0
    }

    /// The check that the first failure belongs to.
    private var failing: CheckID? {
        switch failure?.stage {
        case nil: nil
        case .dns?, .connect?: .connect(service)
        // With implicit TLS the greeting comes after the handshake.
        case .greeting?: endpoint.security == .starttls ? .connect(service) : .capabilities(service)
        case .tls?: .tls(service)
        case .capabilities?: .capabilities(service)
        case .auth?: .auth(service)
        case .mailbox?: .mailboxes
        case .submit?, .register?: .sender
        }
    }

    private var connect: Observation {
        var facts = connection
        facts.greeting = record.greeting
        let stages: [Stage] = [.dns, .connect] + (endpoint.security == .starttls ? [.greeting] : [])
        return observation(
            .connect(service), .connect, stages, seen: facts.connectedAddress != nil, .connection(facts))
    }

    private var tlsHandshake: Observation {
        observation(.tls(service), .tls, [.tls], seen: tls != nil, tls.map { .tls($0) })
    }

    private var capabilities: Observation {
        let facts = CapabilityFacts(
            beforeTLS: record.capabilitiesBeforeTLS, onLoginChannel: record.capabilities,
            mechanisms: record.mechanisms, implementation: record.implementation, alerts: record.alerts,
            unsolicited: record.unsolicited)
        let stages: [Stage] = (endpoint.security == .tls ? [.greeting] : []) + [.capabilities]
        return observation(
            .capabilities(service), .capabilities, stages, seen: record.capabilities != nil, .capabilities(facts))
    }

    private var auth: Observation {
        let facts = record.login.map { CheckFacts.login($0) }
        var result = observation(.auth(service), .auth, [.auth], seen: record.login != nil, facts)
        guard failing == nil || failing == .auth(service) else { return result }
        switch loginWithheld {
        case .channelNotVerified: result.outcome = .blocked(by: .tls(service))
        case .skipped(let reason): result.outcome = .skipped(reason)
        case nil: break
        }
        return result
    }

    private var mailboxes: Observation {
        var result = observation(
            .mailboxes, .mailbox, [.mailbox], seen: record.mailbox != nil, record.mailbox.map { .mailbox($0) })
        if failing == nil, record.login == nil { result.outcome = .blocked(by: .auth(service)) }
        return result
    }

    private func observation(
        _ id: CheckID, _ stage: Stage, _ stages: [Stage], seen: Bool, _ facts: CheckFacts?
    ) -> Observation {
        var result = Observation(
            id: id, stage: stage, endpoint: endpoint, outcome: .observed, facts: seen ? facts : nil,
            duration: stages.compactMap { durations[$0] }.reduce(nil) { ($0 ?? .zero) + $1 })
        if let failure, failing == id {
            result.outcome = .failed(failure.failure)
            result.stage = failure.stage
            result.facts = facts
        } else if !seen {
            result.outcome = failing.map { .blocked(by: $0) } ?? .broke("the dialogue ended before this step")
        }
        return result
    }
}

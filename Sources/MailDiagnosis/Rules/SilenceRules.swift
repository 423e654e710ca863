import MailModel

/// The server accepted the connection and then said nothing in time.
struct SilentServerRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .timedOut(let after) = failure, let endpoint = observation.endpoint else { return nil }
            if let reached = input.alternatives(to: endpoint)?.tried.first(where: Self.provesOtherMode) {
                return Finding(
                    .wrongPort, confidence: 0.95, on: observation,
                    reached.endpoint.security == .tls ? .tlsPort(endpoint) : .clearPort(endpoint))
            }
            // A server that waits for TLS is as silent as one that hangs.
            let expectsTLS =
                observation.stage == .greeting && endpoint.security == .starttls
                && [465, 993].contains(endpoint.port)
            if expectsTLS {
                return Finding(.wrongPort, confidence: 0.8, on: observation, .tlsPort(endpoint))
            }
            let confidence = observation.stage == .greeting ? 0.7 : 0.8
            return Finding(
                .connectTimeout, confidence: confidence, on: observation,
                .silent(endpoint, stage: observation.stage, after: after))
        }
    }

    /// Whether TLS begun in the other way got further than silence.
    private static func provesOtherMode(_ tried: AlternativeFacts) -> Bool {
        guard tried.reason == .otherSecurity else { return false }
        switch tried.failure {
        case nil: return true
        case .timedOut, .closed, .notConnected, .noAddress, .violation, .ourLimit: return false
        case .tls(let failure) where tried.endpoint.security == .tls:
            if case .other = failure { return true }
            return false
        case .some: return true
        }
    }
}

extension FindingWords {
    fileprivate static func clearPort(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) wants STARTTLS, not TLS from the first octet.",
            detail: "The server accepted the connection and did not answer the TLS handshake.",
            remedy: Remedy(
                who: .support,
                steps: [.useEndpoint(endpoint.beginning(.starttls), [])]))
    }

    fileprivate static func tlsPort(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) wants TLS from the first octet, not STARTTLS.",
            detail:
                "The server accepted the connection and waits for a TLS handshake, so it never greets in plaintext.",
            remedy: Remedy(
                who: .support,
                steps: [.useEndpoint(endpoint.beginning(.tls), [])]))
    }

    fileprivate static func silent(_ endpoint: Endpoint, stage: Stage, after: Duration) -> Self {
        let seconds = String(max(1, after.components.seconds))
        return FindingWords(
            summary: "\(endpoint.host) accepted the connection on port \(endpoint.port) and then went silent.",
            detail: "Nothing came for \(seconds) s while waiting at the stage \"\(stage.rawValue)\".",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Try again in a few minutes: an overloaded server answers late.",
                    stage == .greeting || stage == .tls ? .checkPortMode : .giveMoreTime(seconds: nil),
                ]),
            retry: .afterSeconds(300))
    }
}

/// The server hung up in the middle of the dialogue.
struct ClosedConnectionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .closed(let reset, let lastWords) = failure, let endpoint = observation.endpoint else {
                return nil
            }
            // A TLS alert in place of a greeting: TLS is spoken there, and we began in plaintext.
            if endpoint.security == .starttls, observation.stage == .greeting, let lastWords,
                ForeignProtocol.isTLS(lastWords)
            {
                return Finding(.wrongPort, confidence: 0.9, on: observation, .tlsSpoken(endpoint))
            }
            return Finding(
                .serverBusy, confidence: 0.5, on: observation,
                .hungUp(endpoint, stage: observation.stage, reset: reset, lastWords: lastWords))
        }
    }
}

extension FindingWords {
    fileprivate static func hungUp(
        _ endpoint: Endpoint, stage: Stage, reset: Bool, lastWords: ServerText?
    ) -> Self {
        var steps: [RemedyStep] = ["Try again in a few minutes."]
        switch stage {
        case .greeting:
            steps.append("If it stays so, ask the provider whether our network address is blocked.")
        case .auth:
            steps.append("Look for a notice about a blocked sign-in in the mailbox or in the provider's console.")
        default:
            steps.append(.checkPortMode)
        }
        return FindingWords(
            summary: "\(endpoint.host) \(reset ? "reset" : "closed") the connection at the stage "
                + "\"\(stage.rawValue)\" without an answer.",
            detail: "That is how overloaded servers, firewalls and blocked network addresses show.",
            serverText: lastWords?.escaped, remedy: Remedy(who: .support, steps: steps), retry: .afterSeconds(300))
    }
}

extension FindingWords {
    /// TLS came from a port that was spoken to in plaintext.
    static func tlsSpoken(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) speaks TLS from the first octet.",
            detail: "What came in place of a greeting is the beginning of a TLS record.",
            remedy: Remedy(who: .support, steps: [.useEndpoint(endpoint.beginning(.tls), [])]))
    }
}

extension Endpoint {
    /// The same place, TLS begun in this way.
    func beginning(_ security: ConnectionSecurity) -> Endpoint {
        Endpoint(service: service, host: host, port: port, security: security)
    }
}

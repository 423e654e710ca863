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
        case .timedOut, .closed, .notConnected, .noAddress, .violation: return false
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
                steps: [
                    "Use STARTTLS on this port: "
                        + "--\(endpoint.service.rawValue) \(endpoint.host):\(endpoint.port)/starttls"
                ]))
    }

    fileprivate static func tlsPort(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) wants TLS from the first octet, not STARTTLS.",
            detail: "The server accepted the connection and waits for a TLS handshake, so it never greets in clear.",
            remedy: Remedy(
                who: .support,
                steps: ["Use TLS on this port: --\(endpoint.service.rawValue) \(endpoint.host):\(endpoint.port)/tls"]))
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
                    stage == .greeting || stage == .tls
                        ? "Check that port and TLS mode fit: 587 and 143 begin in clear, 465 and 993 with TLS."
                        : "Give it more time with --timeout SECONDS.",
                ]),
            retry: .afterSeconds(300))
    }
}

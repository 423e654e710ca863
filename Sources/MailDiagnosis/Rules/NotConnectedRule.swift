import MailModel

/// No address of the host could be connected to: refused, no answer, or no route. It is never about the password.
struct NotConnectedRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .notConnected(let attempts) = failure, let endpoint = observation.endpoint else { return nil }
            let tried = attempts.filter { $0.outcome != .superseded }
            if let pattern = PortBlock(endpoint, tried, in: input) {
                return Finding(
                    .connectTimeout, confidence: pattern.confidence, on: observation, .blocked(endpoint, pattern))
            }
            if tried.contains(where: { $0.outcome == .refused || $0.outcome == .reset }) {
                return Finding(.connectRefused, confidence: 0.9, on: observation, .refused(endpoint, attempts))
            }
            return Finding(.connectTimeout, confidence: 0.9, on: observation, .noAnswer(endpoint, attempts))
        }
    }
}

extension FindingWords {
    fileprivate static func blocked(_ endpoint: Endpoint, _ pattern: PortBlock) -> Self {
        FindingWords(
            summary: "Your network, not your password: connections to port \(pattern.ports) of \(endpoint.host) get no "
                + "answer from here.",
            detail:
                "\(pattern.proof) That is how a network or hosting provider shows that lets no mail out: the servers "
                + "are not asked at all. No password was sent.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Try from another network, such as a telephone's.",
                    "Ask whoever runs this network or server to let connections out to ports 465, 587 and 993.",
                ]),
            retry: .afterSeconds(300))
    }

    fileprivate static func refused(_ endpoint: Endpoint, _ attempts: [ConnectionAttempt]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) refuses connections on port \(endpoint.port).",
            detail: "The host is there, but nothing listens on this port, or a firewall says no. \(list(attempts)) "
                + "No password was sent.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check host and port: submission is on 587 or 465, IMAP on 993.",
                    "Try from another network: some block these ports.",
                    "If it is the right server, ask the provider whether it is down.",
                ]),
            retry: .afterSeconds(300))
    }

    fileprivate static func noAnswer(_ endpoint: Endpoint, _ attempts: [ConnectionAttempt]) -> Self {
        FindingWords(
            summary: "\(endpoint.host) does not answer on port \(endpoint.port).",
            detail: "The connection was never made, so this is the network, the port or the host, not the password. "
                + list(attempts),
            remedy: Remedy(
                who: .support,
                steps: [
                    "Ask whether this network lets connections out to port \(endpoint.port); many block mail ports.",
                    endpoint.service == .smtp
                        ? "Try the other submission port: 587 with STARTTLS, or 465 with TLS."
                        : "Check that IMAP is offered there: port 993 with TLS.",
                    "Try again later, in case the server is down.",
                ]),
            retry: .afterSeconds(300))
    }

    private static func list(_ attempts: [ConnectionAttempt]) -> String {
        guard !attempts.isEmpty else { return "" }
        let parts = attempts.map { "\($0.address): \($0.outcome.rawValue.replacing("_", with: " "))" }
        return "Tried \(parts.joined(separator: ", "))."
    }
}

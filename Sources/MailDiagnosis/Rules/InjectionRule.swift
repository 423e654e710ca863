import MailModel

/// Octets came in clear between the go-ahead for STARTTLS and the handshake. They were thrown away; it is told anyway.
struct InjectionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .tls(let facts)? = observation.facts, facts.discardedPlaintext > 0 else { return nil }
            return Finding(
                .plaintextInjection, severity: .warning, confidence: 0.9, on: observation,
                .injected(facts.discardedPlaintext, at: facts.serverName))
        }
    }
}

extension FindingWords {
    fileprivate static func injected(_ count: Int, at host: String) -> Self {
        FindingWords(
            summary: "\(count) octets came in clear around STARTTLS from \(host); they were thrown away.",
            detail: "A sound server says nothing between its go-ahead and the TLS handshake. "
                + "This is how an attacker on the way tries to slip in answers of his own.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Compare with another network: if it happens in one only, that network tampers with mail.",
                    "Tell the server's operator if it happens everywhere.",
                ],
                links: ["https://www.usenix.org/conference/usenixsecurity21/presentation/poddebniak"]))
    }
}

import MailModel

/// STARTTLS is not offered on a connection that begins in clear: switched off, or taken out on the way.
struct StartTLSMissingRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .startTLSNotOffered = failure, let endpoint = observation.endpoint else { return nil }
            return Finding(.starttlsStripped, confidence: 0.8, on: observation, .missing(endpoint))
        }
    }
}

extension FindingWords {
    fileprivate static func missing(_ endpoint: Endpoint) -> Self {
        let port = endpoint.service == .smtp ? 465 : 993
        return FindingWords(
            summary: "\(endpoint.host) offers no STARTTLS on port \(endpoint.port).",
            detail: "Either the server has it switched off, or something on the way took it out. "
                + "A password is never sent in clear, so no login was tried.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Try TLS from the first octet: --\(endpoint.service.rawValue) \(endpoint.host):\(port)/tls",
                    "Try from another network: some firewalls and antivirus programs remove STARTTLS.",
                    "Ask the server's operator to switch STARTTLS on.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc8314"]))
    }
}

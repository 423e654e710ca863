import MailModel

/// The server itself brings word that its certificate is revoked (a stapled OCSP response).
struct RevokedCertificateRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .tls(let facts)? = observation.facts, facts.ocspStaple?.status == .revoked else { return nil }
            return Finding(
                .certRevoked, severity: .warning, confidence: 0.8, on: observation, .revoked(facts.serverName))
        }
    }
}

extension FindingWords {
    fileprivate static func revoked(_ host: String) -> Self {
        FindingWords(
            summary: "The certificate of \(host) is revoked, as the server says itself.",
            detail: "The stapled OCSP response says so; its signature was not checked.",
            remedy: Remedy(who: .provider, steps: ["Ask the server's operator to install a new certificate."]))
    }
}

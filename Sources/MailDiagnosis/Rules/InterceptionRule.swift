import MailModel
import ProviderCatalog

/// The certificate was made by an antivirus program or a proxy: what came is not from the server.
struct InterceptionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .tls(let facts)? = observation.facts, let found = Self.interceptor(in: facts, input) else {
                return nil
            }
            let isTrusted = facts.chain == .trusted && facts.hostNameMatches
            return Finding(
                .proxyOrAntivirusInterception, severity: isTrusted ? .warning : .error, confidence: 0.95,
                on: observation, .intercepted(facts, by: found, isTrusted: isTrusted))
        }
    }

    /// Who made the certificates, when it is somebody known for that.
    static func interceptor(in facts: TLSFacts, _ input: DiagnosisInput) -> Interceptor? {
        input.interceptors.first { interceptor in
            facts.certificates.contains { interceptor.isIssuer($0.issuer) || interceptor.isIssuer($0.subject) }
        }
    }
}

extension FindingWords {
    fileprivate static func intercepted(_ facts: TLSFacts, by found: Interceptor, isTrusted: Bool) -> Self {
        let place = found.kind == .antivirus ? "on this machine" : "in this network"
        return FindingWords(
            summary: "\(found.name) \(place) opens the TLS connection to \(facts.serverName).",
            detail: "The certificate was issued by \(facts.certificates.first?.issuer ?? found.name). "
                + (isTrusted
                    ? "This machine trusts it, so the login was sent, and it can be read on the way."
                    : "It is not trusted here, so no password was sent."),
            remedy: Remedy(
                who: found.kind == .antivirus ? .user : .admin,
                steps: [
                    found.kind == .antivirus
                        ? "Switch the scanning of mail connections off in \(found.name), or make an exception for this host."
                        : "Have this host excepted from TLS inspection.",
                    "Or try from another network or machine.",
                ]))
    }
}

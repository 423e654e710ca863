import Foundation
import MailModel

/// The handshake went well and the certificate is not to be trusted: expired, unknown issuer, or for another name.
struct CertificateRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.flatMap { observation -> [Finding] in
            guard case .tls(let facts)? = observation.facts else { return [] }
            var findings: [Finding] = []
            if InterceptionRule.interceptor(in: facts, input) != nil { return [] }
            if case .rejected(_, let reason) = facts.chain {
                findings.append(Self.chainFinding(observation, facts, reason, now: input.now))
            }
            if !facts.hostNameMatches, !facts.certificates.isEmpty {
                findings.append(
                    Finding(.certNameMismatch, confidence: 0.99, on: observation, .otherName(facts)))
            }
            return findings
        }
    }

    private static func chainFinding(
        _ observation: Observation, _ facts: TLSFacts, _ reason: String, now: Date
    ) -> Finding {
        if let stale = facts.certificates.first(where: { now > $0.notAfter || now < $0.notBefore }) {
            return Finding(.certExpired, confidence: 0.99, on: observation, .outOfDate(facts, stale, now: now))
        }
        return Finding(.certInvalid, confidence: 0.95, on: observation, .untrusted(facts, reason))
    }
}

extension FindingWords {
    fileprivate static func otherName(_ facts: TLSFacts) -> Self {
        let names = facts.certificates.first.map { $0.dnsNames + $0.ipAddresses } ?? []
        let shown = names.isEmpty ? "no host name at all" : names.prefix(5).joined(separator: ", ")
        let candidates = names.filter { !$0.hasPrefix("*") }
        var steps = ["Ask the provider under which name the server is meant to be used."]
        if let name = candidates.first {
            steps.insert("Use the name that the certificate is for, if it belongs to the provider: \(name)", at: 0)
        }
        return FindingWords(
            summary: "The certificate of \(facts.serverName) is for another name: \(shown).",
            detail: "A login is sent only to a server that proves its name. No password was sent.",
            remedy: Remedy(who: .provider, steps: steps))
    }

    fileprivate static func outOfDate(_ facts: TLSFacts, _ stale: CertificateFacts, now: Date) -> Self {
        let expired = now > stale.notAfter
        let date = (expired ? stale.notAfter : stale.notBefore).formatted(.iso8601.year().month().day())
        return FindingWords(
            summary: expired
                ? "The certificate of \(facts.serverName) expired on \(date)."
                : "The certificate of \(facts.serverName) is not valid before \(date).",
            detail: "It was issued for \(stale.subject) by \(stale.issuer). No password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: expired
                    ? [
                        "Ask the server's operator to renew the certificate.",
                        "If other servers look expired too, check the clock of this machine.",
                    ]
                    : [
                        "Check the clock of this machine.",
                        "If it is right, ask the server's operator to install a certificate that is valid now.",
                    ]))
    }

    fileprivate static func untrusted(_ facts: TLSFacts, _ reason: String) -> Self {
        let issuer = facts.certificates.last?.issuer ?? "unknown"
        return FindingWords(
            summary: "The certificate of \(facts.serverName) cannot be trusted: \(reason).",
            detail: "The chain ends at \(issuer). No password was sent.",
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Ask the server's operator to install a certificate of a public authority, with its full chain.",
                    "For an authority of your own, name its certificate with --ca-file FILE.",
                    "If the issuer is an antivirus program or a proxy, try from a network without it.",
                ]))
    }
}

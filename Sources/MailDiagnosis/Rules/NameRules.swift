import MailModel
import ProviderCatalog

/// The host has no address: its name does not exist, or has neither an A nor an AAAA record.
struct HostNotFoundRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .noAddress(let lookups) = failure, let endpoint = observation.endpoint,
                lookups.allSatisfy({ ResolverTroubleRule.trouble($0.outcome) == nil })
            else { return nil }
            let missing = lookups.contains { $0.outcome == .nameNotFound }
            var finding = Finding(
                .wrongHost, confidence: 0.9, on: observation, .notFound(endpoint, nameMissing: missing))
            finding.stage = .dns
            return finding
        }
    }
}

extension FindingWords {
    fileprivate static func notFound(_ endpoint: Endpoint, nameMissing: Bool) -> Self {
        FindingWords(
            summary: nameMissing
                ? "The host \(endpoint.host) does not exist in the DNS."
                : "The host \(endpoint.host) has no address in the DNS.",
            detail: "\(endpoint.service.label) cannot be reached under this name.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check the spelling of the host name in the account's settings.",
                    "Ask the provider for the right name.",
                    .nameEndpoint(endpoint.service),
                ]))
    }
}

/// Names could not be looked up: the resolver was silent, refused, or failed. That says nothing about the account.
struct ResolverTroubleRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        var findings: [Finding] = []
        if let observation = input.observations.first(where: { $0.id == .dnsMX }),
            case .dns(let response)? = observation.facts, let trouble = Self.trouble(response.outcome)
        {
            // Settings from elsewhere can work without the mail exchangers.
            let severity: Severity = input.search == .found ? .warning : .error
            findings.append(
                Finding(
                    .dnsFailure, severity: severity, confidence: 0.9, on: observation,
                    .trouble(trouble, for: response)))
        }
        for (observation, failure) in input.failures where observation.endpoint != nil {
            guard case .noAddress(let lookups) = failure,
                let response = lookups.first(where: { Self.trouble($0.outcome) != nil }),
                let trouble = Self.trouble(response.outcome)
            else { continue }
            var finding = Finding(.dnsFailure, confidence: 0.9, on: observation, .trouble(trouble, for: response))
            finding.stage = .dns
            findings.append(finding)
        }
        return findings
    }

    /// What is wrong with the resolver, nil when it answered.
    static func trouble(_ outcome: DNSOutcome) -> String? {
        switch outcome {
        case .timedOut: "did not answer in time"
        case .refused: "refused to answer (REFUSED)"
        case .serverFailure: "could not find out (SERVFAIL)"
        case .broken(let reason): "gave no usable answer (\(ServerText(reason).escaped))"
        default: nil
        }
    }
}

extension FindingWords {
    fileprivate static func trouble(_ trouble: String, for response: DNSResponse) -> Self {
        var steps: [RemedyStep] = ["Try again in a minute.", .useResolver]
        if response.outcome == .serverFailure {
            steps.append("If every resolver fails, the domain's own DNS is broken: tell its administrator.")
        }
        return FindingWords(
            summary: "The resolver \(trouble) when asked for \(response.type.rawValue) of \(response.name).",
            detail: "Without the DNS nothing can be said about the account.",
            remedy: Remedy(who: .support, steps: steps), retry: .afterSeconds(60))
    }
}

/// A host that the catalogue names does not exist any more: then the catalogue has grown stale, and the account may be
/// fine.
struct StaleProfileRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile else { return [] }
        return input.failures.compactMap { observation, failure in
            guard case .noAddress(let lookups) = failure, let endpoint = observation.endpoint,
                lookups.contains(where: { $0.outcome == .nameNotFound }),
                (endpoint.service == .smtp ? profile.smtp : profile.imap).contains(where: { $0.host == endpoint.host })
            else { return nil }
            var finding = Finding(
                .profileStale, severity: .info, confidence: 0.6, on: observation, .stale(endpoint.host, profile))
            finding.stage = .dns
            return finding
        }
    }
}

extension FindingWords {
    fileprivate static func stale(_ host: String, _ profile: ProviderProfile) -> Self {
        FindingWords(
            summary: "\(host) stands in the catalogue for \(profile.name) and does not exist in the DNS.",
            detail: "The provider may have renamed its servers since the catalogue was written.",
            remedy: Remedy(
                who: .support,
                steps: ["Look the server up in the provider's help.", "Report it, so that the catalogue is fixed."],
                links: Array(profile.links.prefix(2))))
    }
}

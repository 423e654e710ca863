import MailModel

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
        case .records, .nameNotFound, .noData, .cancelled: nil
        case .timedOut: "did not answer in time"
        case .refused: "refused to answer (REFUSED)"
        case .serverFailure: "could not find out (SERVFAIL)"
        case .broken(let reason): "gave no usable answer (\(ServerText(reason).escaped))"
        }
    }
}

extension FindingWords {
    fileprivate static func trouble(_ trouble: String, for response: DNSResponse) -> Self {
        var steps = [
            "Try again in a minute.",
            "Ask another resolver with --resolver IP to see whether it is ours or the domain's.",
        ]
        if response.outcome == .serverFailure {
            steps.append("If every resolver fails, the domain's own DNS is broken: tell its administrator.")
        }
        return FindingWords(
            summary: "The resolver \(trouble) when asked for \(response.type.rawValue) of \(response.name).",
            detail: "Without the DNS nothing can be said about the account.",
            remedy: Remedy(who: .support, steps: steps), retry: .afterSeconds(60))
    }
}

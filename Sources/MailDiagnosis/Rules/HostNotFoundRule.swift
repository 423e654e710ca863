import MailModel

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
        let option = "--\(endpoint.service.rawValue) HOST:PORT"
        return FindingWords(
            summary: nameMissing
                ? "The host \(endpoint.host) does not exist in the DNS."
                : "The host \(endpoint.host) has no address in the DNS.",
            detail: "\(endpoint.service.rawValue.uppercased()) cannot be reached under this name.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check the spelling of the host name in the account's settings.",
                    "Ask the provider for the right name, then give it with \(option).",
                ]))
    }
}

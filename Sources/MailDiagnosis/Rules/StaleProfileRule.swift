import MailModel
import ProviderCatalog

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
                steps: ["Look the server up in the provider's help.", "Report it, so that the catalogue is mended."],
                links: Array(profile.links.prefix(2))))
    }
}

internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks for the service record of Autodiscover (MS-OXDISCO, section 3.1.5.4): its target tells whose mailboxes they are.
struct AutodiscoverServiceSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "SRV _autodiscover._tcp.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("_autodiscover._tcp.\(domain)", .srv)
        var evidence = Evidence(
            source: "autodiscover", query: query(domain), outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        if evidence.outcome == .negative { evidence.outcome = .none }
        guard case .srv(_, _, let port, let target)? = response.records.first else {
            return SourceAnswer(evidence: [evidence])
        }
        guard !target.isEmpty else {
            evidence.outcome = .negative
            evidence.detail = "not offered (target \".\")"
            return SourceAnswer(evidence: [evidence])
        }
        evidence.detail = "\(ServerText(target)):\(port)"
        let profiles = catalog.profiles(.autodiscover, target)
        return SourceAnswer(evidence: evidence.pointing(to: profiles, weight: catalog.weights[.autodiscover]))
    }
}

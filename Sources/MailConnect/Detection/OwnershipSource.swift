internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Reads the domain's TXT records for proofs of ownership that hosters ask for. A weak hint: many services ask for one.
struct OwnershipSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "TXT \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve(domain.description, .txt)
        let texts = response.records.compactMap { if case .txt(let text) = $0 { text } else { nil } }
        let lines = catalog.profiles.compactMap { profile -> Evidence? in
            let proof = texts.first { text in
                profile.fingerprints.txtPrefix.contains { text.lowercased().hasPrefix($0.lowercased()) }
            }
            guard let proof else { return nil }
            return Evidence(
                source: "txt", query: query(domain), outcome: .found,
                detail: ServerText(String(proof.prefix(60))).escaped, pointsTo: profile.id,
                weight: profile.kind.hasMailboxes ? catalog.weights[.txt] : 0, duration: response.duration)
        }
        if !lines.isEmpty { return SourceAnswer(evidence: lines) }
        let isKnown = [.found, .none, .negative].contains(response.outcome.evidence)
        return SourceAnswer(evidence: [
            Evidence(
                source: "txt", query: query(domain), outcome: isKnown ? .none : response.outcome.evidence,
                detail: isKnown ? "no proof of ownership for a known provider" : response.outcome.words,
                duration: response.duration)
        ])
    }
}

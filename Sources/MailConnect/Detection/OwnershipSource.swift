internal import MailModel
internal import ProviderCatalog

/// Reads the domain's TXT records for proofs of ownership that hosters ask for. A weak hint: many services ask for one.
struct OwnershipSource: HintSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func ask(_ domain: DomainName) async -> [Evidence] {
        let response = await resolver.resolve(domain.description, .txt)
        let texts = response.records.compactMap { if case .txt(let text) = $0 { text } else { nil } }
        return catalog.profiles.compactMap { profile in
            let proof = texts.first { text in
                profile.fingerprints.txtPrefix.contains { text.lowercased().hasPrefix($0.lowercased()) }
            }
            guard let proof else { return nil }
            return Evidence(
                source: "txt", query: "TXT \(response.name)", outcome: .found,
                detail: ServerText(String(proof.prefix(60))).escaped, pointsTo: profile.id,
                weight: catalog.weights[.txt], duration: response.duration)
        }
    }
}

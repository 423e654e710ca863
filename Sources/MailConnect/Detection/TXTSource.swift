internal import MailModel
internal import ProviderCatalog

/// Reads the TXT records of the domain once: what its SPF record (RFC 7208) includes, and proofs of ownership.
struct TXTSource: HintSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func ask(_ domain: DomainName) async -> [Evidence] {
        let response = await resolver.resolve(domain.description, .txt)
        let texts = response.records.compactMap { if case .txt(let text) = $0 { text } else { nil } }
        guard !texts.isEmpty else {
            return [
                Evidence(
                    source: "spf", query: "TXT \(domain)", outcome: response.outcome.evidence,
                    detail: response.outcome.words, duration: response.duration)
            ]
        }
        return spf(texts, response) + proofs(texts, response)
    }

    private func spf(_ texts: [String], _ response: DNSResponse) -> [Evidence] {
        let line = Evidence(
            source: "spf", query: "TXT \(response.name)", outcome: .none, detail: "no SPF record",
            duration: response.duration)
        guard let record = texts.first(where: { $0.lowercased().hasPrefix("v=spf1") }) else { return [line] }
        let included = Self.names(in: record)
        let profiles = catalog.profiles.filter { profile in
            profile.fingerprints.spfInclude.contains { name in included.contains { $0.isEqualOrBelow(name) } }
        }
        var told = line
        told.outcome = .found
        told.detail = ServerText(String(record.prefix(120))).escaped
        guard !profiles.isEmpty else { return [told] }
        return profiles.map { profile in
            var told = told
            told.pointsTo = profile.id
            told.weight = profile.kind.hasMailboxes ? catalog.weights[.spf] : 0
            return told
        }
    }

    private func proofs(_ texts: [String], _ response: DNSResponse) -> [Evidence] {
        catalog.profiles.compactMap { profile in
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

    /// The names that a record includes or redirects to, lower case.
    private static func names(in record: String) -> [String] {
        record.split(separator: " ").compactMap { term in
            let term = term.lowercased().drop { "+-~?".contains($0) }
            for start in ["include:", "redirect="] where term.hasPrefix(start) {
                return String(term.dropFirst(start.count))
            }
            return nil
        }
    }
}

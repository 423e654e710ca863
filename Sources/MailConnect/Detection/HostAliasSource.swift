internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks whether the usual names of mail servers below the domain are aliases of a provider's servers.
struct HostAliasSource: EvidenceSource {
    static let labels = ["imap", "smtp", "mail"]

    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME imap.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let resolver = resolver
        let responses = await withTaskGroup(of: (Int, DNSResponse).self) { group in
            for (index, label) in Self.labels.enumerated() {
                group.addTask { (index, await resolver.resolve("\(label).\(domain)", .cname)) }
            }
            return await group.reduce(into: [Int: DNSResponse]()) { $0[$1.0] = $1.1 }
        }
        let ordered = Self.labels.indices.compactMap { responses[$0] }
        let lines = ordered.flatMap(lines)
        guard lines.isEmpty, let first = ordered.first else { return SourceAnswer(evidence: lines) }
        let troubled = ordered.first { ![.none, .negative].contains($0.outcome.evidence) }
        return SourceAnswer(evidence: [
            Evidence(
                source: "alias", query: "CNAME \((troubled ?? first).name)",
                outcome: troubled?.outcome.evidence ?? .none,
                detail: troubled?.outcome.words ?? "none of the usual names is an alias", duration: first.duration)
        ])
    }

    private func lines(_ response: DNSResponse) -> [Evidence] {
        guard case .cname(let target)? = response.records.first else { return [] }
        let line = Evidence(
            source: "alias", query: "CNAME \(response.name)", outcome: .found,
            detail: "an alias of \(ServerText(target))", duration: response.duration)
        var profiles = catalog.profiles(.server, target)
        if profiles.isEmpty { profiles = catalog.profiles(.certificate, target) }
        return line.pointing(to: profiles, weight: catalog.weights[.hostAlias])
    }
}

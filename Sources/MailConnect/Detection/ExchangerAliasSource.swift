internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks whether exchangers that bear nobody's name are aliases of a provider's. RFC 2181, section 10.3 forbids that, and it
/// is done all the same.
struct ExchangerAliasSource: EvidenceSource {
    /// How many exchangers are looked at, and how many aliases in a row.
    static let maximumNames = 4
    static let maximumHops = 3

    let names: [String]
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME \(ServerText(names.first ?? ""))" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let found = await withTaskGroup(of: (name: String, target: String?, first: DNSResponse).self) { group in
            for name in names.prefix(Self.maximumNames) { group.addTask { await follow(name) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var aliases: [String: String] = [:]
        let lines = found.sorted { $0.name < $1.name }.flatMap { item -> [Evidence] in
            var line = Evidence(
                source: "mx", query: "CNAME \(ServerText(item.name))", outcome: item.first.outcome.evidence,
                detail: item.first.outcome.words, duration: item.first.duration)
            if line.outcome == .negative || line.outcome == .none {
                line.outcome = .none
                line.detail = "the exchanger is no alias"
            }
            guard let target = item.target else { return [line] }
            aliases[item.name] = target
            line.detail = "the exchanger is an alias of \(ServerText(target))"
            return line.pointing(
                to: [catalog.profile(mx: target)].compactMap { $0 }, weight: catalog.weights[.mxAlias])
        }
        return SourceAnswer(evidence: lines, content: .exchangerAliases(aliases))
    }

    /// Follows the aliases of one name to the last.
    private func follow(_ name: String) async -> (name: String, target: String?, first: DNSResponse) {
        let first = await resolver.resolve(name, .cname)
        var target = Self.target(of: first)
        for _ in 1..<Self.maximumHops {
            guard let last = target, catalog.profile(mx: last) == nil,
                let next = Self.target(of: await resolver.resolve(last, .cname))
            else { break }
            target = next
        }
        return (name, target, first)
    }

    private static func target(of response: DNSResponse) -> String? {
        if case .cname(let target)? = response.records.first { target } else { nil }
    }
}

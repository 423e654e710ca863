internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Follows the includes and the redirect of the domain's SPF record that belong to nobody known, level by level, within
/// the ten look-ups of RFC 7208, section 4.6.4: flattening services and own records hide the provider's behind others.
struct SPFIncludesSource: EvidenceSource {
    static let maximumLookups = 10

    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "TXT of the includes of \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let begun = ContinuousClock.now
        guard case .one(let record) = await self.record(of: domain.description).record else {
            return SourceAnswer(evidence: [])
        }
        var level = unknown(record.links)
        var seen = Set(level)
        var lookups = record.lookupCost
        var lines: [Evidence] = []
        while !level.isEmpty, lookups <= Self.maximumLookups {
            var next: [String] = []
            for answer in await records(of: level) {
                guard case .one(let record) = answer.record else {
                    lines += trouble(answer.response)
                    continue
                }
                lookups += record.lookupCost
                lines += record.names.flatMap { named($0, within: answer.response) }
                next += unknown(record.links).filter { seen.insert($0).inserted }
            }
            level = next
        }
        if !level.isEmpty {
            lines.append(
                Evidence(
                    source: .spf, kind: .record, query: query(domain), outcome: .none,
                    detail: "more than \(Self.maximumLookups) look-ups, the rest is not read", duration: .now - begun))
        }
        return SourceAnswer(evidence: lines)
    }

    private typealias Answer = (response: DNSResponse, record: SoleRecord<SPFRecord>)

    private func record(of name: String) async -> Answer {
        let response = await resolver.resolve(name, .txt)
        return (response, SPFRecord.sole(in: response.texts))
    }

    private func records(of names: [String]) async -> [Answer] {
        let names = Array(names.prefix(Self.maximumLookups))
        return await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, name) in names.enumerated() { group.addTask { (index, await record(of: name)) } }
            let answers = await group.reduce(into: [Int: Answer]()) { $0[$1.0] = $1.1 }
            return names.indices.compactMap { answers[$0] }
        }
    }

    /// What a known provider includes in turn is its own affair.
    private func unknown(_ names: [String]) -> [String] { names.filter { catalog.profiles(.spf, $0).isEmpty } }

    private func named(_ name: String, within response: DNSResponse) -> [Evidence] {
        let owners = catalog.profiles(.spf, name)
        guard !owners.isEmpty else { return [] }
        let line = Evidence(
            source: .spf, kind: .record, query: "TXT \(response.name)", outcome: .found,
            detail: "included, names \(ServerText(name))", duration: response.duration)
        return line.pointing(to: owners, weight: catalog.weights[.spf])
    }

    private func trouble(_ response: DNSResponse) -> [Evidence] {
        let outcome = response.outcome.evidence
        guard ![.found, .none, .negative].contains(outcome) else { return [] }
        return [
            Evidence(
                source: .spf, kind: .record, query: "TXT \(response.name)", outcome: outcome,
                detail: response.outcome.words,
                duration: response.duration)
        ]
    }
}

internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Asks for the DKIM selectors (RFC 6376) that hosters hand out. Where a hoster makes them aliases into its own names, the
/// alias counts, since selectors such as `selector1` are everybody's.
struct DKIMSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    private enum Reply: Sendable {
        case found(Evidence)
        case absent
        case silent(DNSResponse)
    }

    func query(_ domain: DomainName) -> String { "TXT *._domainkey.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let begun = ContinuousClock.now
        let questions = catalog.selectors
        let replies = await withTaskGroup(of: (Int, Reply).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, await ask(question, domain)) }
            }
            return await group.reduce(into: [Int: Reply]()) { $0[$1.0] = $1.1 }
        }
        let ordered = replies.sorted { $0.key < $1.key }.map(\.value)
        let found = ordered.compactMap { if case .found(let line) = $0 { line } else { nil } }
        guard found.isEmpty else { return SourceAnswer(evidence: found) }
        let silent = ordered.compactMap { if case .silent(let response) = $0 { response } else { nil } }
        return SourceAnswer(evidence: [
            Evidence(
                source: .dkim, kind: .record, query: query(domain), outcome: silent.first?.outcome.evidence ?? .none,
                detail: silent.isEmpty
                    ? "none of \(questions.count) known selectors is there"
                    : "\(silent.count) of \(questions.count) selectors could not be looked up",
                duration: .now - begun)
        ])
    }

    private func ask(_ question: KnownSelector, _ domain: DomainName) async -> Reply {
        let name = "\(question.selector)._domainkey.\(domain)"
        let aliases = question.aliases
        let response = await resolver.resolve(name, aliases.isEmpty ? .txt : .cname)
        for case .cname(let target) in response.records where aliases.contains(where: { target.isEqualOrBelow($0) }) {
            return .found(line(question, response, detail: "an alias of \(ServerText(target))"))
        }
        if aliases.isEmpty, DKIMKeyRecord.state(response) == .key {
            return .found(line(question, response, detail: "a key is there"))
        }
        return [.found, .none, .negative].contains(response.outcome.evidence) ? .absent : .silent(response)
    }

    private func line(_ question: KnownSelector, _ response: DNSResponse, detail: String) -> Evidence {
        Evidence(
            source: .dkim, kind: .record, query: "\(response.type.rawValue) \(response.name)", outcome: .found,
            detail: detail,
            pointsTo: question.profile, weight: catalog.weights[.dkim], duration: response.duration)
    }
}

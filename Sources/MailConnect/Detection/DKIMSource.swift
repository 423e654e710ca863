internal import MailModel
internal import ProviderCatalog

/// Asks for the DKIM selectors (RFC 6376) that hosters hand out. Where a hoster makes them aliases into its own names, the
/// alias counts, since selectors such as `selector1` are everybody's.
struct DKIMSource: HintSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    private struct Question: Sendable {
        var profile: ProviderProfile
        var selector: String
    }

    func ask(_ domain: DomainName) async -> [Evidence] {
        let questions = catalog.profiles.filter(\.kind.hasMailboxes).flatMap { profile in
            profile.fingerprints.dkimSelector.map { Question(profile: profile, selector: $0) }
        }
        let found = await withTaskGroup(of: (Int, Evidence?).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, await ask(question, domain)) }
            }
            return await group.reduce(into: [Int: Evidence]()) { result, answer in
                if let evidence = answer.1 { result[answer.0] = evidence }
            }
        }
        if found.isEmpty {
            return [
                Evidence(
                    source: "dkim", query: "TXT *._domainkey.\(domain)", outcome: .none,
                    detail: "none of \(questions.count) known selectors is there")
            ]
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private func ask(_ question: Question, _ domain: DomainName) async -> Evidence? {
        let name = "\(question.selector)._domainkey.\(domain)"
        let aliases = question.profile.fingerprints.dkimCNAME
        let response = await resolver.resolve(name, aliases.isEmpty ? .txt : .cname)
        for record in response.records {
            switch record {
            case .cname(let target) where aliases.contains { target.isEqualOrBelow($0) }:
                return line(question, response, detail: "an alias of \(ServerText(target))")
            case .txt(let text) where aliases.isEmpty && (text.hasPrefix("v=DKIM1") || text.contains("p=")):
                return line(question, response, detail: "a key is there")
            default: continue
            }
        }
        return nil
    }

    private func line(_ question: Question, _ response: DNSResponse, detail: String) -> Evidence {
        Evidence(
            source: "dkim", query: "\(response.type.rawValue) \(response.name)", outcome: .found, detail: detail,
            pointsTo: question.profile.id, weight: catalog.weights[.dkim], duration: response.duration)
    }
}

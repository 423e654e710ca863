internal import MailModel
internal import ProviderCatalog

/// A source of hints in the DNS: one job, and a line of the ledger whatever happens.
protocol HintSource: Sendable {
    /// Asks, and says what came back.
    func ask(_ domain: DomainName) async -> [Evidence]
}

/// All hint sources, asked side by side when exchangers and service records have left the question open.
enum HintSources {
    static func ask(
        _ domain: DomainName, catalog: Catalog, resolver: any DNSResolving, until deadline: ContinuousClock.Instant
    ) async -> [Evidence] {
        let sources: [any HintSource] = [
            AliasSource(kind: .autodiscover, catalog: catalog, resolver: resolver),
            AliasSource(kind: .autoconfig, catalog: catalog, resolver: resolver),
            DKIMSource(catalog: catalog, resolver: resolver),
            SPFSource(catalog: catalog, resolver: resolver),
            OwnershipSource(catalog: catalog, resolver: resolver),
        ]
        return await withTaskGroup(of: (Int, [Evidence])?.self) { group in
            for (index, source) in sources.enumerated() {
                group.addTask { (index, await source.ask(domain)) }
            }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                return nil
            }
            var answers: [Int: [Evidence]] = [:]
            for await answer in group {
                guard let (index, evidence) = answer else { break }
                answers[index] = evidence
                if answers.count == sources.count { break }
            }
            group.cancelAll()
            return sources.indices.flatMap { answers[$0] ?? [] }
        }
    }
}

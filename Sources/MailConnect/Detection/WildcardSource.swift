internal import MailDiagnosis
internal import MailModel

/// Asks for a name that nobody has made. If it resolves, every name below the domain does, and aliases and addresses there
/// say little.
struct WildcardSource: EvidenceSource {
    let resolver: any DNSResolving
    /// A label that nobody uses, new for each run.
    let label = "mc-" + (0..<14).map { _ in String("abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x") }.joined()

    func query(_ domain: DomainName) -> String { "A *.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("\(label).\(domain)", .a)
        let isThere = !response.records.isEmpty
        var outcome = response.outcome.evidence
        if outcome == .negative { outcome = .none }
        return SourceAnswer(
            evidence: [
                Evidence(
                    source: "wildcard", query: query(domain), outcome: outcome,
                    detail: isThere
                        ? "any name below the domain resolves: aliases count less"
                        : outcome == .none ? "names that nobody made do not resolve" : response.outcome.words,
                    duration: response.duration)
            ], content: .wildcard(isThere))
    }
}

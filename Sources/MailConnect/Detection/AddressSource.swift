internal import MailDiagnosis
internal import MailModel

/// Asks whether the domain itself has an address: without exchangers that is where mail goes (RFC 5321, section 5.1).
struct AddressSource: EvidenceSource {
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "A, AAAA \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        async let four = resolver.resolve(domain.description, .a)
        async let six = resolver.resolve(domain.description, .aaaa)
        let responses = [await four, await six]
        let isThere = responses.contains { !$0.records.isEmpty }
        let isKnown = isThere || responses.allSatisfy { [.none, .negative].contains($0.outcome.evidence) }
        let troubled = responses.first { ![.none, .negative, .found].contains($0.outcome.evidence) }
        let words = isThere ? "the domain has an address" : "the domain has no address either"
        return SourceAnswer(
            evidence: [
                Evidence(
                    source: "address", query: query(domain),
                    outcome: isThere ? .found : isKnown ? .none : troubled?.outcome.evidence ?? .broken,
                    detail: isKnown ? words : troubled?.outcome.words ?? "",
                    duration: responses.map(\.duration).max() ?? .zero)
            ], content: isKnown ? .address(isThere) : nil)
    }
}

import MailModel

/// The keys that the provider signs with (RFC 6376) are not in the DNS of the domain. Never an error.
struct DKIMRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .dkim(let facts)? = observation.facts, !facts.selectors.isEmpty,
                !facts.selectors.contains(where: { $0.state == .key || $0.state == .notKnown })
            else { return nil }
            return Finding(
                .dkimMissing, severity: .info, confidence: 0.6, on: observation,
                .missing(facts, input.provider.name ?? "the provider"))
        }
    }
}

extension FindingWords {
    fileprivate static func missing(_ facts: DKIMFacts, _ provider: String) -> Self {
        let names = facts.selectors.map(\.name).joined(separator: ", ")
        return FindingWords(
            summary: "None of the DKIM selectors of \(provider) has a key in the domain's DNS: \(names).",
            detail:
                "Mail is then signed for the provider's own domain, or not at all. A selector of one's own is possible.",
            remedy: Remedy(
                who: .admin, steps: ["Switch DKIM on in the provider's console, and publish the keys it shows."],
                links: ["https://www.rfc-editor.org/rfc/rfc6376"]))
    }
}

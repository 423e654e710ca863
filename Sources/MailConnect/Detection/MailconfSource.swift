internal import MailDiagnosis
internal import MailModel
internal import MailProtocol

/// Follows the URL of a `mailconf=` TXT record to a settings file in Mozilla's format.
struct MailconfSource: EvidenceSource {
    let address: EmailAddress?
    let resolver: any DNSResolving
    let fetch: DocumentFetch
    let reader: DocumentReader

    func query(_ domain: DomainName) -> String { "TXT \(domain) mailconf=" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve(domain.description, .txt)
        guard let record = MailconfRecord.first(in: response.texts) else {
            let isKnown = [.found, .none, .negative].contains(response.outcome.evidence)
            return SourceAnswer(evidence: [
                Evidence(
                    source: SourceID.mailconf.word, query: query(domain),
                    outcome: isKnown ? .none : response.outcome.evidence,
                    detail: isKnown ? "no such record" : response.outcome.words, duration: response.duration)
            ])
        }
        let result = await fetch.fetch(record.url, source: SourceID.mailconf.word)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(for: address, domain: domain)
        }
    }
}

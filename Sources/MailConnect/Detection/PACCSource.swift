internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol

/// Fetches the settings of draft-ietf-mailmaint-pacc. The file is believed only when a TXT record of the domain vouches for
/// its octets.
struct PACCSource: EvidenceSource {
    let address: EmailAddress?
    let resolver: any DNSResolving
    let fetch: DocumentFetch
    let reader: DocumentReader

    private func url(_ domain: DomainName) -> String {
        "https://ua-auto-config.\(domain)/.well-known/user-agent-configuration.json"
    }

    func query(_ domain: DomainName) -> String { "GET \(url(domain))" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        async let vouchers = resolver.resolve("_ua-auto-config.\(domain)", .txt)
        var result = await fetch.fetch(url(domain), source: SourceID.pacc.word)
        guard let body = result.body else {
            return SourceAnswer(evidence: [result.line], disclosures: result.disclosures)
        }
        let response = await vouchers
        let digests = PACCDigest.all(in: response.texts)
        guard digests.contains(where: { $0.matches(SHA256Digest.of(body)) }) else {
            let isKnown = [.found, .none, .negative].contains(response.outcome.evidence)
            result.line.outcome = isKnown ? .notTrusted : response.outcome.evidence
            result.line.detail =
                digests.isEmpty
                ? "no TXT record vouches for the file: \(isKnown ? "none is there" : response.outcome.words)"
                : "the file is not the one that the TXT record vouches for"
            return SourceAnswer(evidence: [result.line], disclosures: result.disclosures)
        }
        return reader.answer(result) { octets throws(DiscoveryError) in
            try PACCDocument(octets: octets).servers(for: address, domain: domain)
        }
    }
}

internal import MailModel
internal import MailProtocol

/// Fetches the settings that a domain publishes (draft-ietf-mailmaint-autoconfig): over https only, and without the
/// address, which the host of the file need not learn.
struct AutoconfigSource: EvidenceSource {
    let address: EmailAddress?
    let fetch: DocumentFetch
    let reader: DocumentReader

    private static func places(_ domain: DomainName) -> [String] {
        [
            "https://autoconfig.\(domain)/mail/config-v1.1.xml",
            "https://\(domain)/.well-known/autoconfig/mail/config-v1.1.xml",
        ]
    }

    func query(_ domain: DomainName) -> String { "GET https://autoconfig.\(domain)/mail/config-v1.1.xml" }

    /// Both places side by side; the first in order that has settings is believed.
    func ask(_ domain: DomainName) async -> SourceAnswer {
        let places = Self.places(domain)
        let answers = await withTaskGroup(of: (Int, SourceAnswer).self) { group in
            for (index, url) in places.enumerated() { group.addTask { (index, await ask(domain, url)) } }
            return await group.reduce(into: [Int: SourceAnswer]()) { $0[$1.0] = $1.1 }
        }
        let ordered = places.indices.compactMap { answers[$0] }
        return SourceAnswer(
            evidence: ordered.flatMap(\.evidence), content: ordered.lazy.compactMap(\.content).first,
            disclosures: ordered.flatMap(\.disclosures))
    }

    private func ask(_ domain: DomainName, _ url: String) async -> SourceAnswer {
        let result = await fetch.fetch(url, source: SourceID.autoconfig.word)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(for: address, domain: domain)
        }
    }
}

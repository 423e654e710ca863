internal import MailModel
internal import MailProtocol

/// Asks the public database of settings (ISPDB, in Mozilla's format) for the domain, or for the domain of its exchangers.
/// It is asked by name: it learns the domain, and never the address.
struct DatabaseSource: EvidenceSource {
    /// The URL, with the name that is looked up in it.
    let url: String
    let address: EmailAddress?
    let fetch: DocumentFetch
    let reader: DocumentReader

    func query(_ domain: DomainName) -> String { "GET \(url)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let result = await fetch.fetch(url, source: SourceID.database.word)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(for: address, domain: domain)
        }
    }
}

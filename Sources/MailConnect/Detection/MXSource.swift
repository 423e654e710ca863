internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks for all mail exchangers of the domain and reads their names with the catalogue.
struct MXSource: EvidenceSource {
    /// The profile that lists the domain itself, if any.
    let listed: ProviderProfile?
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "MX \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let reading = MXReading(await resolver.resolve(domain.description, .mx), listed: listed, catalog: catalog)
        return SourceAnswer(evidence: reading.evidence(catalog.weights), content: .exchangers(reading))
    }
}

internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks the catalogue for the domain itself. No network.
struct CatalogueSource {
    let catalog: Catalog

    func ask(_ domain: DomainName) -> (profile: ProviderProfile?, evidence: Evidence) {
        let profile = catalog.profile(mailDomain: domain)
        let evidence = Evidence(
            source: "catalogue", query: domain.description, outcome: profile == nil ? .none : .found,
            detail: profile.map { "a mail domain of \($0.name)" } ?? "the domain is not listed",
            pointsTo: profile?.id, weight: profile == nil ? 0 : catalog.weights[.domain])
        return (profile, evidence)
    }
}

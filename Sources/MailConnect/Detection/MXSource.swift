internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks for all mail exchangers of the domain and reads their names with the catalogue.
struct MXSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func ask(_ domain: DomainName) async -> MXReading {
        MXReading(await resolver.resolve(domain.description, .mx), catalog: catalog)
    }

    /// One line for each exchanger, or one that says why there is none.
    func evidence(_ reading: MXReading) -> [Evidence] {
        let query = "MX \(reading.response.name)"
        guard !reading.exchangers.isEmpty else {
            return [
                Evidence(
                    source: "mx", query: query, outcome: reading.isNull ? .negative : reading.response.outcome.evidence,
                    detail: reading.isNull ? "null MX: the domain takes no mail" : reading.response.outcome.words,
                    weight: reading.isNull || reading.nameIsMissing ? catalog.weights[.mx] : 0,
                    duration: reading.response.duration)
            ]
        }
        return reading.exchangers.prefix(20).map { name, profile in
            Evidence(
                source: "mx", query: query, outcome: .found,
                detail: ServerText(name).escaped + (profile.map { ": \($0.kind.words) \($0.name)" } ?? ""),
                pointsTo: profile?.id, weight: weight(of: profile), duration: reading.response.duration)
        }
    }

    private func weight(of profile: ProviderProfile?) -> Double {
        guard let profile else { return 0 }
        return catalog.weights[profile.kind == .gateway ? .gateway : .mx]
    }
}

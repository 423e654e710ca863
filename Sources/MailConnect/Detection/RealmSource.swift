internal import MailJSON
internal import MailModel
internal import ProviderCatalog

/// Asks the directories of large providers whether they know the domain. They are third parties until they do, so this is
/// asked only with the user's leave.
struct RealmSource: EvidenceSource {
    let catalog: Catalog
    let fetch: DocumentFetch

    func query(_ domain: DomainName) -> String {
        "GET \(catalog.services.realms.first?.url(for: domain.description) ?? "")"
    }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let answers = await withTaskGroup(of: (Int, SourceAnswer).self) { group in
            for (index, realm) in catalog.services.realms.enumerated() {
                group.addTask { (index, await ask(realm, domain)) }
            }
            return await group.reduce(into: [Int: SourceAnswer]()) { $0[$1.0] = $1.1 }
        }
        let ordered = answers.sorted { $0.key < $1.key }.map(\.value)
        return SourceAnswer(
            evidence: ordered.flatMap(\.evidence), disclosures: ordered.flatMap(\.disclosures))
    }

    private func ask(_ realm: WebServices.Realm, _ domain: DomainName) async -> SourceAnswer {
        let result = await fetch.fetch(realm.url(for: domain.description), source: SourceID.realms.word)
        return SourceAnswer(evidence: [read(result, realm)], disclosures: result.disclosures)
    }

    private func read(_ result: DocumentFetch.Result, _ realm: WebServices.Realm) -> Evidence {
        var line = result.line
        guard let body = result.body else { return line }
        guard let value = (try? JSONParser.parse(body))?[realm.key]?.text else {
            line.outcome = .broken
            line.detail = "no usable answer"
            return line
        }
        line.detail = "\(realm.key): \(ServerText(value))"
        guard realm.values.contains(value) else {
            line.outcome = .none
            return line
        }
        line.pointsTo = realm.provider
        line.weight = catalog.weights[.realm]
        return line
    }
}

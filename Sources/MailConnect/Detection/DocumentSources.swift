internal import MailDiagnosis
internal import MailJSON
internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Fetches the settings that a domain publishes (draft-ietf-mailmaint-autoconfig): over https only, and without the
/// address, which the host of the file need not learn.
struct AutoconfigSource: EvidenceSource {
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
        let ordered = await places.concurrentMap { await ask(domain, $0) }
        return SourceAnswer(
            evidence: ordered.flatMap(\.evidence), content: ordered.lazy.compactMap(\.content).first,
            disclosures: ordered.flatMap(\.disclosures))
    }

    private func ask(_ domain: DomainName, _ url: String) async -> SourceAnswer {
        let result = await fetch.fetch(url, source: .autoconfig)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(of: domain)
        }
    }
}

/// Follows the URL of a `mailconf=` TXT record to a settings file in Mozilla's format.
struct MailconfSource: EvidenceSource {
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
                    source: .mailconf, kind: .record, query: query(domain),
                    outcome: isKnown ? .none : response.outcome.evidence,
                    detail: isKnown ? "no such record" : response.outcome.words, duration: response.duration)
            ])
        }
        let result = await fetch.fetch(record.url, source: .mailconf)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(of: domain)
        }
    }
}

/// Asks the public database of settings (ISPDB, in Mozilla's format) for the domain, or for the domain of its exchangers.
/// It is asked by name: it learns the domain, and never the address.
struct DatabaseSource: EvidenceSource {
    /// The URL, with the name that is looked up in it.
    let url: String
    let fetch: DocumentFetch
    let reader: DocumentReader

    func query(_ domain: DomainName) -> String { "GET \(url)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let result = await fetch.fetch(url, source: .ispdb)
        return reader.answer(result) { octets throws(DiscoveryError) in
            try AutoconfigDocument(octets: octets).servers(of: domain)
        }
    }
}

/// Fetches the settings of draft-ietf-mailmaint-pacc. The file is believed only when a TXT record of the domain vouches for
/// its octets.
struct PACCSource: EvidenceSource {
    let resolver: any DNSResolving
    let fetch: DocumentFetch
    let reader: DocumentReader

    private func url(_ domain: DomainName) -> String {
        "https://ua-auto-config.\(domain)/.well-known/user-agent-configuration.json"
    }

    func query(_ domain: DomainName) -> String { "GET \(url(domain))" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        async let vouchers = resolver.resolve("_ua-auto-config.\(domain)", .txt)
        var result = await fetch.fetch(url(domain), source: .pacc)
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
            try PACCDocument(octets: octets).servers(of: domain)
        }
    }
}

/// Asks the directories of large providers whether they know the domain. They are third parties until they do, so this is
/// asked only with the user's leave.
struct RealmSource: EvidenceSource {
    let catalog: Catalog
    let fetch: DocumentFetch

    func query(_ domain: DomainName) -> String {
        "GET \(catalog.services.realms.first?.url(for: domain.description) ?? "")"
    }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let ordered = await catalog.services.realms.concurrentMap { await ask($0, domain) }
        return SourceAnswer(
            evidence: ordered.flatMap(\.evidence), disclosures: ordered.flatMap(\.disclosures))
    }

    private func ask(_ realm: WebServices.Realm, _ domain: DomainName) async -> SourceAnswer {
        let result = await fetch.fetch(realm.url(for: domain.description), source: .realm)
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

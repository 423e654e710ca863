internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks where `autodiscover.` or `autoconfig.` and the domain is an alias to: the name tells the hoster, even where its
/// web server is dead.
struct AliasSource: EvidenceSource {
    /// Which of the two names.
    enum Kind: String, Sendable {
        case autodiscover, autoconfig
    }

    /// What is said of a name with other records than an alias.
    static let existsWithoutAlias = "the name exists, and is no alias"

    let kind: Kind
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME \(kind.rawValue).\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("\(kind.rawValue).\(domain)", .cname)
        var evidence = Evidence(
            source: kind.rawValue, query: query(domain), outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        if evidence.outcome == .negative { evidence.outcome = .none }
        if response.outcome == .noData { evidence.detail = Self.existsWithoutAlias }
        if case .cname(let target)? = response.records.first {
            evidence.detail = "an alias of \(ServerText(target))"
            let isAutodiscover = kind == .autodiscover
            let profiles = catalog.profiles(isAutodiscover ? .autodiscover : .autoconfig, target)
            return SourceAnswer(
                evidence: evidence.pointing(
                    to: profiles, weight: catalog.weights[isAutodiscover ? .autodiscover : .autoconfig]))
        }
        return SourceAnswer(evidence: [evidence])
    }
}

extension String {
    /// Whether this host name is `name` or lies below it.
    func isEqualOrBelow(_ name: String) -> Bool { self == name || hasSuffix("." + name) }
}

extension Evidence {
    /// One line for each profile that this line speaks for; the line alone when it speaks for none.
    func pointing(to profiles: [ProviderProfile], weight: Double) -> [Evidence] {
        guard !profiles.isEmpty else { return [self] }
        return profiles.map { profile in
            var line = self
            line.pointsTo = profile.id
            line.weight = profile.kind.hasMailboxes ? weight : 0
            return line
        }
    }
}

internal import MailModel
internal import ProviderCatalog

/// Asks where `autodiscover.` or `autoconfig.` and the domain is an alias to: the name tells the hoster, even where its
/// web server is dead.
struct AliasSource: HintSource {
    /// Which of the two names.
    enum Kind: String, Sendable {
        case autodiscover, autoconfig
    }

    let kind: Kind
    let catalog: Catalog
    let resolver: any DNSResolving

    func ask(_ domain: DomainName) async -> [Evidence] {
        let response = await resolver.resolve("\(kind.rawValue).\(domain)", .cname)
        var evidence = Evidence(
            source: kind.rawValue, query: "CNAME \(response.name)", outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        if evidence.outcome == .negative { evidence.outcome = .none }
        if case .cname(let target)? = response.records.first {
            evidence.detail = "an alias of \(ServerText(target))"
            let profile = catalog.profiles.first { profile in
                names(of: profile).contains { target.isEqualOrBelow($0) }
            }
            evidence.pointsTo = profile?.id
            evidence.weight = profile == nil ? 0 : catalog.weights[kind == .autodiscover ? .autodiscover : .autoconfig]
        }
        return [evidence]
    }

    private func names(of profile: ProviderProfile) -> [String] {
        kind == .autodiscover ? profile.fingerprints.autodiscoverCNAME : profile.fingerprints.autoconfigCNAME
    }
}

extension String {
    /// Whether this host name is `name` or lies below it.
    func isEqualOrBelow(_ name: String) -> Bool { self == name || hasSuffix("." + name) }
}

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

    let kind: Kind
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME \(kind.rawValue).\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("\(kind.rawValue).\(domain)", .cname)
        var line = Evidence(
            source: kind == .autodiscover ? .autodiscover : .autoconfig, kind: .alias, query: query(domain),
            outcome: response.outcome.evidence, detail: response.outcome.words, duration: response.duration)
        if line.outcome == .negative { line.outcome = .none }
        if response.outcome == .noData { line.detail = "the name exists, and is not an alias" }
        guard case .cname(let target)? = response.records.first else {
            let isOwn = response.outcome == .noData
            return SourceAnswer(evidence: [line], content: kind == .autoconfig ? .ownAutoconfigName(isOwn) : nil)
        }
        let lead = RecordLead(target, kind == .autodiscover ? .autodiscover : .autoconfig, domain, catalog)
        line.detail = "an alias of \(ServerText(target))" + lead.remark
        if lead.isNowhere { line.outcome = .none }
        let content: SourceAnswer.Content? =
            switch kind {
            case .autoconfig: .ownAutoconfigName(lead.profiles.isEmpty && !lead.isNowhere)
            case .autodiscover: lead.isNowhere ? nil : .autodiscoverTarget(lead.target)
            }
        return SourceAnswer(
            evidence: line.pointing(
                to: lead.profiles, weight: catalog.weights[kind == .autodiscover ? .autodiscover : .autoconfig]),
            content: content)
    }
}

/// Where an alias or a service record for mail programs leads, read as it was meant.
struct RecordLead {
    /// The name that was meant.
    private(set) var target: String
    /// Whose it is.
    private(set) var profiles: [ProviderProfile]
    /// What had to be put right, to stand behind the target; empty when nothing had to.
    private(set) var remark = ""
    /// Whether it leads nowhere but to whoever asks.
    let isNowhere: Bool

    init(_ target: String, _ kind: FingerprintKind, _ domain: DomainName, _ catalog: Catalog) {
        self.target = target
        isNowhere = ForgottenDot.leadsNowhere(target)
        profiles = isNowhere ? [] : catalog.owners(kind, ofTarget: target)
        if isNowhere {
            remark = ", which leads nowhere from here: no settings"
        } else if profiles.isEmpty, let meant = ForgottenDot.name(meantBy: target, in: domain.description) {
            take(
                meant, catalog.owners(kind, ofTarget: meant), "the final dot was forgotten behind \(ServerText(meant))")
        } else if profiles.isEmpty, kind == .autodiscover, let meant = catalog.autodiscoverName(near: target) {
            take(meant, catalog.owners(kind, ofTarget: meant), "\(ServerText(meant)) was probably meant")
        }
    }

    private mutating func take(_ meant: String, _ owners: [ProviderProfile], _ why: String) {
        guard !owners.isEmpty else { return }
        (target, profiles) = (meant, owners)
        remark = "; " + why
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

/// Asks whether exchangers that bear nobody's name are aliases of a provider's. RFC 2181, section 10.3 forbids that, and it
/// is done all the same.
struct ExchangerAliasSource: EvidenceSource {
    /// How many exchangers are looked at, and how many aliases in a row.
    static let maximumNames = 4
    static let maximumHops = 3

    let names: [String]
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME \(ServerText(names.first ?? ""))" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let found = await names.prefix(Self.maximumNames).concurrentMap { await follow($0, domain) }
        var aliases: [String: String] = [:]
        let lines = found.sorted { $0.name < $1.name }.flatMap { item -> [Evidence] in
            var line = Evidence(
                source: .mx, kind: .alias, query: "CNAME \(ServerText(item.name))",
                outcome: item.first.outcome.evidence,
                detail: item.first.outcome.words, duration: item.first.duration)
            if line.outcome == .negative || line.outcome == .none {
                line.outcome = .none
                line.detail = "the exchanger is not an alias"
            }
            guard let target = item.target else { return [line] }
            aliases[item.name] = target
            line.detail =
                item.first.outcome == .nameNotFound
                ? "the name does not exist; the final dot was forgotten behind \(ServerText(target))"
                : "the exchanger is an alias of \(ServerText(target))"
            line.outcome = .found
            return line.pointing(
                to: [catalog.profile(mx: target)].compactMap { $0 }, weight: catalog.weights[.mxAlias])
        }
        return SourceAnswer(evidence: lines, content: .exchangerAliases(aliases))
    }

    /// Follows the aliases of one name to the last. One that does not exist may have been meant without the zone's own name
    /// behind it.
    private func follow(
        _ name: String, _ domain: DomainName
    ) async -> (name: String, target: String?, first: DNSResponse) {
        let first = await resolver.resolve(name, .cname)
        if first.outcome == .nameNotFound {
            let meant = ForgottenDot.name(meantBy: name, in: domain.description)
            return (name, meant.flatMap { catalog.profile(mx: $0) == nil ? nil : $0 }, first)
        }
        var target = Self.target(of: first)
        for _ in 1..<Self.maximumHops {
            guard let last = target, catalog.profile(mx: last) == nil,
                let next = Self.target(of: await resolver.resolve(last, .cname))
            else { break }
            target = next
        }
        return (name, target, first)
    }

    private static func target(of response: DNSResponse) -> String? {
        if case .cname(let target)? = response.records.first { target } else { nil }
    }
}

/// Asks whether the usual names of mail servers below the domain are aliases of a provider's servers.
struct HostAliasSource: EvidenceSource {
    static let labels = ["imap", "smtp", "mail"]

    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "CNAME imap.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let ordered = await Self.labels.concurrentMap { await resolver.resolve("\($0).\(domain)", .cname) }
        let lines = ordered.flatMap(lines)
        guard lines.isEmpty, let first = ordered.first else { return SourceAnswer(evidence: lines) }
        let troubled = ordered.first { ![.none, .negative].contains($0.outcome.evidence) }
        return SourceAnswer(evidence: [
            Evidence(
                source: .alias, kind: .alias, query: "CNAME \((troubled ?? first).name)",
                outcome: troubled?.outcome.evidence ?? .none,
                detail: troubled?.outcome.words ?? "none of the usual names is an alias", duration: first.duration)
        ])
    }

    private func lines(_ response: DNSResponse) -> [Evidence] {
        guard case .cname(let target)? = response.records.first else { return [] }
        let line = Evidence(
            source: .alias, kind: .alias, query: "CNAME \(response.name)", outcome: .found,
            detail: "an alias of \(ServerText(target))", duration: response.duration)
        var profiles = catalog.profiles(.server, target)
        if profiles.isEmpty { profiles = catalog.profiles(.certificate, target) }
        return line.pointing(to: profiles, weight: catalog.weights[.hostAlias])
    }
}

/// Asks for the service record of Autodiscover (MS-OXDISCO, section 3.1.5.4): its target tells whose mailboxes they are.
struct AutodiscoverServiceSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "SRV _autodiscover._tcp.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("_autodiscover._tcp.\(domain)", .srv)
        var evidence = Evidence(
            source: .autodiscover, kind: .record, query: query(domain), outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        if evidence.outcome == .negative { evidence.outcome = .none }
        guard case .srv(_, _, let port, let target)? = response.records.first else {
            return SourceAnswer(evidence: [evidence])
        }
        guard !target.isEmpty else {
            evidence.outcome = .negative
            evidence.detail = "not offered (target \".\")"
            return SourceAnswer(evidence: [evidence])
        }
        let lead = RecordLead(target, .autodiscover, domain, catalog)
        evidence.detail = "\(ServerText(target)):\(port)" + lead.remark
        guard !lead.isNowhere else {
            evidence.outcome = .none
            return SourceAnswer(evidence: [evidence])
        }
        return SourceAnswer(
            evidence: evidence.pointing(to: lead.profiles, weight: catalog.weights[.autodiscover]),
            content: .autodiscoverTarget(lead.target))
    }
}

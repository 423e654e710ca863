internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import ProviderCatalog

/// Says which source is asked when. What the DNS can tell in one round trip is asked at once; what costs more is asked when
/// the mail exchangers leave the question open.
struct DetectionPlan: Sendable {
    let domain: DomainName
    let catalog: Catalog
    let resolver: any DNSResolving
    let http: (any HTTPSending)?
    let reach: Reach
    /// The clock of the asking; its end is the end of the budget.
    let clock: RunClock

    typealias Sources = [SourceID: any EvidenceSource]

    /// What is asked first, all in one round trip.
    func first(_ facts: DetectionFacts) -> Sources {
        let exchangers = MXSource(listed: facts.domainProfile, catalog: catalog, resolver: resolver)
        guard !facts.isListed || facts.override != nil else { return [.exchangers: exchangers] }
        return [
            .exchangers: exchangers,
            .services: SRVSource(catalog: catalog, resolver: resolver),
            .autodiscoverAlias: AliasSource(kind: .autodiscover, catalog: catalog, resolver: resolver),
            .autodiscoverService: AutodiscoverServiceSource(catalog: catalog, resolver: resolver),
            .autoconfigAlias: AliasSource(kind: .autoconfig, catalog: catalog, resolver: resolver),
            .spf: SPFSource(catalog: catalog, resolver: resolver),
            .ownership: OwnershipSource(catalog: catalog, resolver: resolver),
        ]
    }

    /// What the domain publishes over https, and the public database: independent of the exchangers, and therefore begun
    /// without waiting for slow ones.
    func documents() -> Sources {
        guard reach.includesServers, let http else { return [:] }
        let fetch = DocumentFetch(http: http, resolver: resolver, deadline: clock.deadline)
        var sources: Sources = [
            .pacc: PACCSource(resolver: resolver, fetch: fetch, reader: reader(.pacc)),
            .autoconfig: AutoconfigSource(fetch: fetch, reader: reader(.autoconfig)),
            .mailconf: MailconfSource(resolver: resolver, fetch: fetch, reader: reader(.mailconf)),
            .autodiscover: AutodiscoverSource(
                resolver: resolver, catalog: catalog, fetch: fetch, reader: reader(.autodiscover)),
        ]
        sources[.database] = database(domain.description, fetch)
        return sources
    }

    /// What is worth asking once the exchangers are known.
    func second(_ facts: DetectionFacts) -> Sources {
        guard let mx = facts.mx, facts.override == nil, !facts.isListed, mx.isAnswered else { return [:] }
        if isClosed(facts) { return isPublishing(facts) ? ownFile : [:] }
        if mx.sole != nil, isUndisputed(facts) { return [.dkim: DKIMSource(catalog: catalog, resolver: resolver)] }
        var sources = documents()
        sources[.dkim] = DKIMSource(catalog: catalog, resolver: resolver)
        sources[.spfIncludes] = SPFIncludesSource(catalog: catalog, resolver: resolver)
        sources[.hostAliases] = HostAliasSource(catalog: catalog, resolver: resolver)
        sources[.wildcard] = WildcardSource(resolver: resolver)
        let strangers = mx.exchangers.filter { $0.profile == nil }.map(\.name)
        if !strangers.isEmpty {
            sources[.exchangerAliases] = ExchangerAliasSource(names: strangers, catalog: catalog, resolver: resolver)
        }
        if mx.exchangers.isEmpty { sources[.address] = AddressSource(resolver: resolver) }
        guard reach.includesServers, let http else { return sources }
        let fetch = DocumentFetch(http: http, resolver: resolver, deadline: clock.deadline)
        let parents = strangers.compactMap { try? DomainName($0) }.compactMap(PublicSuffixList.registrableDomain(of:))
        if let parent = parents.first(where: { $0 != domain }) {
            sources[.exchangerDatabase] = database(parent.description, fetch)
        }
        if reach == .thirdParties { sources[.realms] = RealmSource(catalog: catalog, fetch: fetch.ofThirdParty) }
        return sources
    }

    /// Whether the exchangers leave nothing open.
    func isClosed(_ facts: DetectionFacts) -> Bool {
        guard let mx = facts.mx else { return false }
        if facts.override != nil || facts.isListed { return true }
        let isPassedOn = mx.forwarder != nil && facts.srv?.endpoints.isEmpty ?? true
        return mx.isNull || mx.nameIsMissing || isPassedOn
            || mx.sole != nil && isUndisputed(facts) && (hasKeys(facts) || !isDoubted(facts))
    }

    /// Whether senders or proofs of ownership speak for another house than a hoster's exchangers do: then its keys are
    /// asked for before the exchangers count as undisputed.
    private func isDoubted(_ facts: DetectionFacts) -> Bool {
        guard let sole = facts.mx?.sole, sole.inboxType == .customSMTP else { return false }
        return facts.ledger.contains { line in
            guard line.source == .spf || line.source == .txt, line.weight > 0 else { return false }
            return line.pointsTo.flatMap(catalog.profile(id:)).map {
                $0.kind.hasMailboxes && $0.inboxType != .customSMTP && !$0.isKin(to: sole)
            } ?? false
        }
    }

    private func hasKeys(_ facts: DetectionFacts) -> Bool { facts.ledger.contains { $0.source == .dkim } }

    /// Whether nothing heard so far speaks for another provider than the exchangers do.
    private func isUndisputed(_ facts: DetectionFacts) -> Bool {
        guard let sole = facts.mx?.sole else { return false }
        return facts.ledger.allSatisfy { line in
            guard line.source != .spf, line.source != .txt, line.weight > 0, let id = line.pointsTo,
                let other = catalog.profile(id: id), other.kind.hasMailboxes
            else { return true }
            return other.isKin(to: sole)
        }
    }

    /// Whether a name for settings files is there and is not the provider's: then somebody publishes some, maybe stale.
    func isPublishing(_ facts: DetectionFacts) -> Bool { facts.mx?.sole != nil && facts.hasOwnAutoconfigName }

    private var ownFile: Sources {
        guard reach.includesServers, let http else { return [:] }
        let fetch = DocumentFetch(http: http, resolver: resolver, deadline: clock.deadline)
        return [.autoconfig: AutoconfigSource(fetch: fetch, reader: reader(.autoconfig))]
    }

    private func reader(_ source: Evidence.Source) -> DocumentReader {
        DocumentReader(source: source, isOwn: source != .ispdb, catalog: catalog)
    }

    private func database(_ name: String, _ fetch: DocumentFetch) -> DatabaseSource? {
        catalog.services.databaseURL(for: name).map {
            DatabaseSource(url: $0, fetch: fetch.ofThirdParty, reader: reader(.ispdb))
        }
    }
}

internal import MailModel
public import ProviderCatalog

/// Weighs what the sources said. Pure.
///
/// First come the definite answers: the user's own, a null MX, a domain that does not exist, exchangers that only forward.
/// Everything else is a vote: each line of the ledger that points to a provider counts with its weight, rivals take away,
/// and servers of nobody in the catalogue are a candidate like any other.
public struct ProviderScorer: Sendable {
    private let catalog: Catalog
    private let facts: DetectionFacts

    /// Takes what the sources said.
    ///
    /// - Parameters:
    ///   - facts: What they said.
    ///   - catalog: The profiles and the weights.
    public init(_ facts: DetectionFacts, catalog: Catalog) {
        self.facts = facts
        self.catalog = catalog
    }

    /// Who hosts the mailbox and which settings to use; nothing known is a verdict too.
    public var verdict: DetectionVerdict {
        let ranking = CandidateRanking(facts, custom: customScore, catalog: catalog)
        var verdict = answer(ranking)
        if let mx = facts.mx, !mx.isAnswered, facts.override == nil, facts.domainProfile == nil {
            verdict.provider.confidence = min(verdict.provider.confidence, catalog.weights[.unansweredExchangers])
        }
        verdict.candidates = ranking.reported
        if facts.override == nil, let profile = verdict.profile {
            verdict.contradicted = facts.contradiction(to: profile, settings: verdict.settings)
        }
        verdict.reason = DetectionReason(facts, verdict, catalog: catalog).text
        return verdict
    }

    private func answer(_ ranking: CandidateRanking) -> DetectionVerdict {
        if let profile = facts.override { return known(profile, catalog.weights[.override]) }
        if let mx = facts.mx {
            if mx.isNull || mx.nameIsMissing { return noMailbox(.notHosted, catalog.weights[.mx]) }
            // Who announces servers has mailboxes, whatever is passed on besides.
            if let service = mx.forwarder, announced.isEmpty { return passedOn(service, .forwarding, ranking) }
        }
        // Addresses that hide others: the catalogue knows what their domains are for.
        if let service = facts.domainProfile, service.kind == .forwarding, announced.isEmpty,
            !(ranking.ranked.first?.isReached(catalog.weights) ?? false)
        {
            return passedOn(service, .forwarding, ranking)
        }
        if let best = ranking.ranked.first, isAnswer(best, ranking) {
            return known(best.profile, best.confidence, ranking: ranking)
        }
        if let service = facts.mx?.programs { return passedOn(service, .notHosted, ranking) }
        if facts.mx?.response.outcome == .noData, facts.hasAddress == false, customScore == 0 {
            return noMailbox(.notHosted, catalog.weights[.mx])
        }
        return custom(ranking)
    }

    /// Whether a candidate is sure enough to be acted on: not one that another equals, and not one that only sends for a
    /// domain whose Autodiscover leads to a server of its own.
    private func isAnswer(_ candidate: CandidateRanking.Candidate, _ ranking: CandidateRanking) -> Bool {
        candidate.confidence >= catalog.weights.needed && candidate.confidence >= ranking.customConfidence
            && ranking.tie == nil && !(candidate.restsOnSenders && facts.leadsToOwnServer)
    }

    /// How much speaks for servers of nobody in the catalogue.
    private var customScore: Double {
        let weights = catalog.weights
        let unknown = facts.published.filter { $0.profile == nil }
        let isAnnounced = !announced.isEmpty && !facts.ledger.contains { $0.source == .srv && $0.pointsTo != nil }
        // Servers under the usual names are no rival of a host whose own are not known: they may well be its own.
        let isProbed =
            !facts.probed.isEmpty && facts.mx?.hostWithoutServers == nil
            && !facts.ledger.contains { $0.source == .probe && $0.pointsTo != nil }
        let parts = [
            isAnnounced ? weights[.unknownSRV] : 0,
            // Where mail arrives says more than a file that contradicts it.
            facts.mx?.sole == nil && unknown.contains { $0.isOwn } ? weights[.document] : 0,
            unknown.contains { !$0.isOwn } ? weights[.publicDatabase] : 0,
            isProbed ? weights[.probe] : 0,
            facts.mx?.isOwn ?? false ? weights[.ownExchanger] : 0,
            facts.mx?.isOwnFirst ?? false ? weights[.ownFirstExchanger] : 0,
            facts.mx?.isOwnBehindGateway ?? false ? weights[.ownBehindGateway] : 0,
            facts.leadsToOwnServer ? weights[.ownAutodiscover] : 0,
        ]
        return 1 - parts.reduce(1) { $0 * (1 - $1) }
    }

    private var announced: [ServerSettings] { facts.srv?.settings ?? [] }

    /// The settings of the software to which Autodiscover's records lead, where many hosters run that software.
    private var panelSettings: [ServerSettings] {
        let panels = facts.ledger.compactMap(\.pointsTo).filter(catalog.hints.panels.contains)
        return panels.first.flatMap(catalog.profile(id:))?.settings(of: facts.domain) ?? []
    }

    private var gateway: Gateway? { facts.mx?.gateway.map { Gateway(id: $0.id, name: $0.name) } }

    private func known(
        _ profile: ProviderProfile, _ confidence: Double, ranking: CandidateRanking? = nil
    ) -> DetectionVerdict {
        let settings = settings(of: profile, ranking)
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: profile.id, name: profile.name, confidence: confidence, gateway: gateway,
                hosting: profile.kind.hasMailboxes ? .hosted : profile.kind == .forwarding ? .forwarding : .unknown),
            profile: profile, inboxType: profile.inboxType ?? (settings.isEmpty ? nil : .customSMTP),
            settings: settings, candidates: [], reason: "")
    }

    /// The settings of a known provider, then those of others, best first.
    ///
    /// The catalogue's order holds where the catalogue, the exchangers or the house itself tell the provider. Where a
    /// document or service records tell it, their own order is kept. Of a host whose servers are not known, those of
    /// another house would be wrong: the software's usual ones stand for them, or nothing does.
    private func settings(of profile: ProviderProfile, _ ranking: CandidateRanking?) -> [ServerSettings] {
        let catalogued = facts.settings(of: profile)
        let usual = catalogued.isEmpty ? panelSettings : []
        let others = announced + facts.published.flatMap(\.settings) + facts.probed + usual
        let isOpen = profile.kind == .mailbox && catalogued.isEmpty && others.isEmpty
        let rivals =
            ranking?.ranked.dropFirst().prefix(3)
            .filter { $0.score >= catalog.weights.needed && (!isOpen || $0.profile.isKin(to: profile)) }
            .flatMap { facts.settings(of: $0.profile) } ?? []
        let votes = ranking?.ranked.first { $0.profile.id == profile.id }?.votes ?? []
        let isDocumented = votes.first.map { [.srv, .probe].contains($0.source) || $0.kind == .document } ?? false
        guard isDocumented, profile.inboxType == .customSMTP || profile.inboxType == nil else {
            return catalogued + others + rivals
        }
        // A side without a record is looked for on the other's host, which need not be right.
        let (sending, reading) = (Set(profile.smtp.map(\.host)), Set(profile.imap.map(\.host)))
        let own = others.filter { sending.contains($0.smtp.host) && reading.contains($0.imap.host) }
        return own + catalogued + others + rivals
    }

    /// Nobody in the catalogue hosts it, as far as can be told.
    private func custom(_ ranking: CandidateRanking) -> DetectionVerdict {
        let settings = announced + facts.published.flatMap(\.settings) + facts.probed + panelSettings
        let hasMail = facts.mx.map { !$0.exchangers.isEmpty } ?? false
        let hasOwnExchanger = facts.mx.map { $0.isOwn || $0.isOwnFirst || $0.isOwnBehindGateway } ?? false
        let isCustom = !settings.isEmpty || hasOwnExchanger || facts.leadsToOwnServer
        let floor = gateway == nil ? 0 : catalog.weights[.gateway]
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: nil, name: nil, confidence: max(ranking.customConfidence, floor), gateway: gateway,
                hosting: hasMail || !settings.isEmpty ? .hosted : .unknown),
            profile: nil, inboxType: isCustom ? .customSMTP : nil, settings: settings, candidates: [], reason: "")
    }

    /// The exchangers pass mail on, or to programs. What else points to a mailbox is told among the candidates.
    private func passedOn(
        _ service: ProviderProfile, _ hosting: MailHosting, _ ranking: CandidateRanking
    ) -> DetectionVerdict {
        let rival = ranking.ranked.map(\.score).max() ?? 0
        let weight = catalog.weights[hosting == .forwarding ? .mx : .programsMX]
        // A mail server of its own beside exchangers that pass everything on contradicts them more than a name does.
        let loss = max(
            catalog.weights[.contradictionOfExchanger] * rival, catalog.weights[.contradiction] * customScore)
        var verdict = noMailbox(hosting, weight * (1 - loss))
        verdict.provider.id = service.id
        verdict.provider.name = service.name
        return verdict
    }

    private func noMailbox(_ hosting: MailHosting, _ confidence: Double) -> DetectionVerdict {
        DetectionVerdict(
            provider: ProviderIdentification(
                id: nil, name: nil, confidence: confidence, hosting: hosting),
            profile: nil, inboxType: nil, settings: [], candidates: [], reason: "")
    }
}

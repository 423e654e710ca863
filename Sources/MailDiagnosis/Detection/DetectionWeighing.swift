public import MailModel
public import ProviderCatalog

/// Weighs what the sources said. Pure.
public struct DetectionWeighing: Sendable {
    private let catalog: Catalog
    private let facts: DetectionFacts
    private let address: EmailAddress?

    /// Takes what the sources said.
    ///
    /// - Parameters:
    ///   - facts: What they said.
    ///   - address: The address, for the user names.
    ///   - catalog: The profiles and the weights.
    public init(_ facts: DetectionFacts, address: EmailAddress?, catalog: Catalog) {
        self.facts = facts
        self.address = address
        self.catalog = catalog
    }

    /// Who hosts the mailbox and which settings to use; nothing known is a verdict too.
    public var verdict: DetectionVerdict {
        if let profile = facts.override { return known(profile, catalog.weights[.override]) }
        if let mx = facts.mx, mx.isNull || mx.nameIsMissing { return none(.notHosted) }
        if let profile = facts.domainProfile { return known(profile, catalog.weights[.domain]) }
        if let profile = facts.mx?.mailbox { return known(profile, catalog.weights[.mx]) }
        if let forwarder = facts.mx?.forwarder {
            var verdict = none(.forwarding)
            verdict.provider.id = forwarder.id
            verdict.provider.name = forwarder.name
            return verdict
        }
        if let profile = facts.srvProfile { return known(profile, catalog.weights[.srv]) }
        if let hinted { return hinted }
        if let profile = facts.published.first?.profile, announced.isEmpty {
            return known(profile, catalog.weights[.document])
        }
        return custom
    }

    /// The provider that the hints of the DNS point to, when they weigh enough.
    ///
    /// Votes for a rival take away from the confidence. Service records of somebody else weigh more than hints alone.
    private var hinted: DetectionVerdict? {
        let votes = ProviderVotes(
            facts.hints, factor: gateway == nil ? catalog.weights.ownExchangerFactor : 1, catalog: catalog)
        guard let best = votes.ranked.first, best.score >= catalog.weights.needed else { return nil }
        let rival = votes.ranked.dropFirst().first
        if !announced.isEmpty, best.score < catalog.weights[.unknownSRV] { return nil }
        var verdict = known(best.profile, best.score * (1 - (rival?.score ?? 0) / 2))
        verdict.settings += announced + published + (rival?.profile.settings(for: address) ?? [])
        return verdict
    }

    private var announced: [AccountSettings] { facts.srv?.settings(for: address) ?? [] }

    private var published: [AccountSettings] { facts.published.flatMap(\.settings) }

    private var gateway: Gateway? { facts.mx?.gateway.map { Gateway(id: $0.id, name: $0.name) } }

    private func known(_ profile: ProviderProfile, _ confidence: Double) -> DetectionVerdict {
        let settings = profile.settings(for: address)
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: profile.id, name: profile.name, confidence: confidence, gateway: gateway,
                hosting: profile.kind.hasMailboxes ? .hosted : profile.kind == .forwarding ? .forwarding : .unknown),
            profile: profile, inboxType: profile.inboxType ?? (settings.isEmpty ? nil : .customSMTP), settings: settings
        )
    }

    private var custom: DetectionVerdict {
        let settings = announced + published + facts.probed
        let hasMail = facts.mx.map { !$0.exchangers.isEmpty } ?? false
        var confidence = gateway == nil ? 0 : catalog.weights[.gateway]
        if !facts.probed.isEmpty { confidence = catalog.weights[.probe] }
        if !published.isEmpty { confidence = catalog.weights[.document] }
        if !announced.isEmpty { confidence = catalog.weights[.unknownSRV] }
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: nil, name: nil, confidence: confidence, gateway: gateway,
                hosting: hasMail || !settings.isEmpty ? .hosted : .unknown),
            profile: nil, inboxType: settings.isEmpty ? nil : .customSMTP, settings: settings)
    }

    private func none(_ hosting: MailHosting) -> DetectionVerdict {
        DetectionVerdict(
            provider: ProviderIdentification(
                id: nil, name: nil, confidence: catalog.weights[.mx], hosting: hosting),
            profile: nil, inboxType: nil, settings: [])
    }
}

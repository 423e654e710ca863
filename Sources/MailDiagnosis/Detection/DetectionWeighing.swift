public import MailModel
import ProviderCatalog

/// Weighs what the sources said. Pure.
public enum DetectionWeighing {
    /// Decides who hosts the mailbox and which settings to use.
    ///
    /// - Parameters:
    ///   - facts: What the sources said.
    ///   - address: The address, for the user names.
    /// - Returns: The verdict; nothing known is a verdict too.
    public static func weigh(_ facts: DetectionFacts, address: EmailAddress?) -> DetectionVerdict {
        if let profile = facts.override { return known(profile, EvidenceWeight.override, facts, address) }
        if let mx = facts.mx, mx.isNull || mx.nameIsMissing { return none(.notHosted) }
        if let profile = facts.domainProfile { return known(profile, EvidenceWeight.domain, facts, address) }
        if let profile = facts.mx?.mailbox { return known(profile, EvidenceWeight.mx, facts, address) }
        if let forwarder = facts.mx?.forwarder {
            var verdict = none(.forwarding)
            verdict.provider.id = forwarder.id
            verdict.provider.name = forwarder.name
            verdict.provider.confidence = EvidenceWeight.mx
            return verdict
        }
        if let profile = facts.srvProfile { return known(profile, EvidenceWeight.srv, facts, address) }
        return custom(facts, address)
    }

    private static func known(
        _ profile: ProviderProfile, _ confidence: Double, _ facts: DetectionFacts, _ address: EmailAddress?
    ) -> DetectionVerdict {
        let settings = profile.settings(for: address)
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: profile.id, name: profile.name, confidence: confidence, gateway: gateway(facts),
                hosting: profile.kind.hasMailboxes ? .hosted : profile.kind == .forwarding ? .forwarding : .unknown),
            profile: profile, inboxType: profile.inboxType ?? (settings.isEmpty ? nil : .customSMTP), settings: settings
        )
    }

    private static func custom(_ facts: DetectionFacts, _ address: EmailAddress?) -> DetectionVerdict {
        let fromSRV = facts.srv?.settings(for: address) ?? []
        let settings = fromSRV + facts.probed
        let hasMail = facts.mx.map { !$0.exchangers.isEmpty } ?? false
        var confidence = 0.0
        if !fromSRV.isEmpty {
            confidence = EvidenceWeight.unknownSRV
        } else if !facts.probed.isEmpty {
            confidence = EvidenceWeight.probe
        } else if gateway(facts) != nil {
            confidence = EvidenceWeight.gateway
        }
        return DetectionVerdict(
            provider: ProviderIdentification(
                id: nil, name: nil, confidence: confidence, gateway: gateway(facts),
                hosting: hasMail || !settings.isEmpty ? .hosted : .unknown),
            profile: nil, inboxType: settings.isEmpty ? nil : .customSMTP, settings: settings)
    }

    private static func none(_ hosting: MailHosting) -> DetectionVerdict {
        DetectionVerdict(
            provider: ProviderIdentification(id: nil, name: nil, confidence: EvidenceWeight.mx, hosting: hosting),
            profile: nil, inboxType: nil, settings: [])
    }

    private static func gateway(_ facts: DetectionFacts) -> Gateway? {
        facts.mx?.gateway.map { Gateway(id: $0.id, name: $0.name) }
    }
}

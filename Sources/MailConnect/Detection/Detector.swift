internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks the sources of evidence, cheap and telling ones first, and has them weighed.
struct Detector: Sendable {
    /// How long all sources together may take.
    static let budget = Duration.seconds(8)
    /// How long service records are waited for once the mail exchangers have settled the question.
    static let grace = Duration.milliseconds(30)

    let catalog: Catalog
    let resolver: any DNSResolving
    let context: CheckContext
    let override: ProviderProfile?
    let reach: Reach

    /// What came out.
    struct Result: Sendable {
        var verdict: DetectionVerdict
        var mx: DNSResponse?
        var evidence: [Evidence]
    }

    private enum Answer: Sendable {
        case mx(MXReading)
        case srv(SRVSource.Answer)
        case timeIsUp
    }

    func detect(_ domain: DomainName, address: EmailAddress?) async -> Result {
        var facts = DetectionFacts()
        facts.override = override
        let catalogue = CatalogueSource(catalog: catalog).ask(domain)
        facts.domainProfile = catalogue.profile
        var ledger = [catalogue.evidence]
        if reach != .offline { await askDNS(domain, &facts, &ledger) }
        if reach != .offline, isOpen(facts, address) {
            facts.hints = await HintSources.ask(domain, catalog: catalog, resolver: resolver, budget: Self.budget)
            ledger += facts.hints
        }
        if reach == .everything, needsProbe(facts, address) {
            let probes = ProbeSource(context: probeContext, weights: catalog.weights)
            let exchangers = facts.mx?.exchangers.map(\.name) ?? []
            let answer = await probes.ask(domain, exchangers: exchangers, address: address)
            facts.probed = answer.settings
            ledger += answer.evidence
        }
        return Result(verdict: weigh(facts, address), mx: facts.mx?.response, evidence: ledger)
    }

    private func askDNS(_ domain: DomainName, _ facts: inout DetectionFacts, _ ledger: inout [Evidence]) async {
        let mxSource = MXSource(catalog: catalog, resolver: resolver)
        let srvSource = SRVSource(catalog: catalog, resolver: resolver)
        var waitsForSRV = facts.override == nil && facts.domainProfile == nil
        var mx: MXReading?
        var srv: SRVSource.Answer?
        let asksSRV = waitsForSRV
        await withTaskGroup(of: Answer.self) { group in
            group.addTask { .mx(await mxSource.ask(domain)) }
            if asksSRV { group.addTask { .srv(await srvSource.ask(domain)) } }
            group.addTask { await Self.alarm(after: Self.budget) }
            waiting: for await answer in group {
                switch answer {
                case .mx(let reading):
                    mx = reading
                    guard waitsForSRV, Self.isSettled(reading) else { break }
                    group.addTask { await Self.alarm(after: Self.grace) }
                case .srv(let reading):
                    srv = reading
                    waitsForSRV = false
                case .timeIsUp: break waiting
                }
                if mx != nil, !waitsForSRV { break }
            }
            group.cancelAll()
        }
        let reading = mx ?? Self.unanswered(domain, catalog)
        facts.mx = reading
        ledger += mxSource.evidence(reading)
        facts.srv = srv?.reading
        facts.srvProfile = srv?.profile
        ledger += srv?.evidence ?? (asksSRV ? [Self.srvNotWaitedFor(domain, settled: Self.isSettled(reading))] : [])
    }

    /// Whether exchangers and service records have left the question open. A resolver in trouble is no reason to go on.
    private func isOpen(_ facts: DetectionFacts, _ address: EmailAddress?) -> Bool {
        guard facts.override == nil, facts.domainProfile == nil, facts.srvProfile == nil, let mx = facts.mx else {
            return false
        }
        switch mx.response.outcome {
        case .records, .noData: return !Self.isSettled(mx)
        default: return false
        }
    }

    /// Probing is the last resort.
    private func needsProbe(_ facts: DetectionFacts, _ address: EmailAddress?) -> Bool {
        let verdict = weigh(facts, address)
        return isOpen(facts, address) && verdict.settings.isEmpty && verdict.profile == nil
    }

    private func weigh(_ facts: DetectionFacts, _ address: EmailAddress?) -> DetectionVerdict {
        DetectionWeighing(facts, address: address, catalog: catalog).verdict
    }

    /// A probe must leave time for the checks that follow.
    private var probeContext: CheckContext {
        var context = context
        context.deadline = min(context.deadline, .now + Self.budget)
        return context
    }

    private static func isSettled(_ mx: MXReading) -> Bool {
        mx.mailbox != nil || mx.isNull || mx.nameIsMissing || mx.forwarder != nil
    }

    private static func alarm(after delay: Duration) async -> Answer {
        try? await Task.sleep(for: delay)
        return .timeIsUp
    }

    private static func unanswered(_ domain: DomainName, _ catalog: Catalog) -> MXReading {
        MXReading(
            DNSResponse(name: domain.description, type: .mx, outcome: .timedOut, duration: budget), catalog: catalog)
    }

    private static func srvNotWaitedFor(_ domain: DomainName, settled: Bool) -> Evidence {
        Evidence(
            source: "srv", query: "SRV _imaps._tcp.\(domain)", outcome: settled ? .notAsked : .timedOut,
            detail: settled ? "not waited for: the mail exchangers settle it" : "no answer in time")
    }
}

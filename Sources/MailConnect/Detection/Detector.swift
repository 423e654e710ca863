internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
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
    let http: (any HTTPSending)?
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
        let deadline = min(context.deadline, .now + Self.budget)
        if reach != .offline { await askDNS(domain, &facts, &ledger, until: deadline) }
        if reach != .offline, isOpen(facts) {
            facts.hints = await HintSources.ask(domain, catalog: catalog, resolver: resolver, until: deadline)
            ledger += facts.hints
        }
        if reach == .everything, isUnanswered(facts, address), let http {
            let source = AutoconfigSource(catalog: catalog, http: http)
            let answer = await source.ask(domain, address: address, until: deadline)
            facts.published = [answer.published].compactMap { $0 }
            ledger += answer.evidence
        }
        if reach == .everything, isUnanswered(facts, address) {
            let probes = ProbeSource(context: probeContext(until: deadline), weights: catalog.weights)
            let exchangers = facts.mx?.exchangers.map(\.name) ?? []
            let answer = await probes.ask(domain, exchangers: exchangers, address: address)
            facts.probed = answer.settings
            ledger += answer.evidence
        }
        return Result(verdict: weigh(facts, address), mx: facts.mx?.response, evidence: ledger)
    }

    private func askDNS(
        _ domain: DomainName, _ facts: inout DetectionFacts, _ ledger: inout [Evidence],
        until deadline: ContinuousClock.Instant
    ) async {
        let mxSource = MXSource(catalog: catalog, resolver: resolver)
        let srvSource = SRVSource(catalog: catalog, resolver: resolver)
        var waitsForSRV = facts.override == nil && facts.domainProfile == nil
        var mx: MXReading?
        var srv: SRVSource.Answer?
        let asksSRV = waitsForSRV
        await withTaskGroup(of: Answer.self) { group in
            group.addTask { .mx(await mxSource.ask(domain)) }
            if asksSRV { group.addTask { .srv(await srvSource.ask(domain)) } }
            group.addTask { await Self.alarm(after: deadline - .now) }
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
    private func isOpen(_ facts: DetectionFacts) -> Bool {
        guard facts.override == nil, facts.domainProfile == nil, facts.srvProfile == nil, let mx = facts.mx else {
            return false
        }
        switch mx.response.outcome {
        case .records, .noData: return !Self.isSettled(mx)
        default: return false
        }
    }

    /// Whether nobody has named any server so far.
    private func isUnanswered(_ facts: DetectionFacts, _ address: EmailAddress?) -> Bool {
        let verdict = weigh(facts, address)
        return isOpen(facts) && verdict.settings.isEmpty && verdict.profile == nil
    }

    private func weigh(_ facts: DetectionFacts, _ address: EmailAddress?) -> DetectionVerdict {
        DetectionWeighing(facts, address: address, catalog: catalog).verdict
    }

    /// A probe must leave time for the checks that follow.
    private func probeContext(until deadline: ContinuousClock.Instant) -> CheckContext {
        var context = context
        context.deadline = deadline
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

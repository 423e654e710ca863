internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import ProviderCatalog

/// Asks the sources of evidence and has them weighed; at last, where nobody names a server, tries the usual names.
struct Detector: Sendable {
    /// How long all sources together may take.
    static let budget = Duration.seconds(8)

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
        var disclosures: [Disclosure]
    }

    func detect(_ domain: DomainName, address: EmailAddress?) async -> Result {
        var facts = DetectionFacts()
        facts.override = override
        let catalogue = CatalogueSource(catalog: catalog).ask(domain)
        facts.domainProfile = catalogue.profile
        facts.ledger = [catalogue.evidence]
        guard reach != .offline else { return result(facts, address, []) }
        let deadline = min(context.deadline, .now + Self.budget)
        let plan = DetectionPlan(
            domain: domain, address: address, catalog: catalog, resolver: resolver, http: http, reach: reach,
            deadline: deadline)
        var round = QuestionRound(plan, facts: facts)
        await round.run()
        facts = round.facts
        facts.ledger.insert(catalogue.evidence, at: 0)
        var disclosures = [Disclosure(party: "the DNS resolver", matter: .names)] + round.disclosures
        if reach.includesServers, needsProbes(facts, address), !plan.isClosed(facts) {
            let probes = ProbeSource(context: probeContext(until: deadline), catalog: catalog)
            let answer = await probes.ask(domain, exchangers: facts.mx?.exchangers.map(\.name) ?? [], address: address)
            facts.probed = answer.settings
            facts.ledger += answer.evidence
            disclosures += answer.disclosures
        }
        return result(facts, address, disclosures)
    }

    /// Guesses are tried last, when nobody names a server, or the DNS's word is weak and the domain's own servers may know
    /// better. A resolver in trouble is no reason to guess.
    private func needsProbes(_ facts: DetectionFacts, _ address: EmailAddress?) -> Bool {
        guard facts.override == nil, facts.domainProfile == nil, let mx = facts.mx, mx.isAnswered else { return false }
        let verdict = DetectionWeighing(facts, address: address, catalog: catalog).verdict
        guard verdict.profile?.kind != .noIMAP else { return false }
        let isWeak = verdict.profile != nil && verdict.provider.confidence < catalog.weights[.probe] && mx.isOwn
        return verdict.settings.isEmpty || isWeak
    }

    private func result(
        _ facts: DetectionFacts, _ address: EmailAddress?, _ disclosures: [Disclosure]
    ) -> Result {
        let verdict = DetectionWeighing(facts, address: address, catalog: catalog).verdict
        let evidence = facts.ledger.map { line in
            guard line.source == verdict.contradicted?.source, line.isPublished, line.outcome == .found else {
                return line
            }
            var line = line
            line.weight = 0
            line.detail += "; it contradicts the answer, looks stale and is not believed"
            return line
        }
        return Result(verdict: verdict, mx: facts.mx?.response, evidence: evidence, disclosures: disclosures)
    }

    /// A probe must leave time for the checks that follow.
    private func probeContext(until deadline: ContinuousClock.Instant) -> CheckContext {
        var context = context
        context.deadline = deadline
        return context
    }
}

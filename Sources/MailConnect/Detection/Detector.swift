internal import FoundationEssentials
internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import ProviderCatalog
internal import Synchronization

/// Asks the sources of evidence and has them weighed; at last, where nobody names a server, tries the usual names.
struct Detector: Sendable {
    /// How long all sources together may take.
    static let budget = Duration.seconds(8)

    let question: DetectionQuestion
    let catalog: Catalog
    let network: NetworkStack
    let override: ProviderProfile?

    /// Asks what detection asks first, so that a resolver which keeps its answers has them when it asks again. It saves a
    /// round trip when something else, such as reading the catalogue, has to be done first.
    static func firstQuestions(_ domain: DomainName, resolver: any DNSResolving) async {
        let services = SRVAnalysis.services.map(\.name) + ["_autodiscover._tcp"]
        let questions: [(String, DNSRecordType)] =
            [("\(domain)", .mx), ("\(domain)", .txt)] + services.map { ("\($0).\(domain)", .srv) }
            + ["autodiscover", "autoconfig"].map { ("\($0).\(domain)", .cname) }
        _ = await questions.concurrentMap { await resolver.resolve($0.0, $0.1) }
    }

    /// Detects. What is told on the way may still be put right in the end.
    func detect(emit: @escaping @Sendable (Evidence) -> Void) async -> DomainDetection {
        let began = ContinuousClock.now
        let date = Date()
        let domain = question.domain
        var facts = DetectionFacts(domain: domain)
        facts.override = override
        facts.domainProfile = catalog.profile(mailDomain: domain)
        let own = listing(facts.domainProfile)
        facts.ledger = [own]
        emit(own)
        var result = DomainDetection(question: question, startedAt: date)
        if question.reach != .offline {
            // The asking has a clock of its own: whoever shares it has shared its waits.
            let clock = RunClock(timeout: question.budget)
            let resolver = LifetimeRecorder(network.resolver.seen(by: clock))
            let disclosures = await ask(&facts, resolver, own, emit, clock)
            result.disclosures = [Disclosure(party: "the DNS resolver", matter: .names)] + disclosures
            result.lifetime = resolver.shortest
        }
        let verdict = ProviderScorer(facts, catalog: catalog).verdict
        result.take(verdict, evidence: Self.ledger(facts, verdict), mailExchangers: facts.mx?.response)
        result.duration = .now - began
        return result
    }

    private func ask(
        _ facts: inout DetectionFacts, _ resolver: any DNSResolving, _ own: Evidence,
        _ emit: @escaping @Sendable (Evidence) -> Void, _ clock: RunClock
    ) async -> [Disclosure] {
        let plan = DetectionPlan(
            domain: question.domain, catalog: catalog, resolver: resolver, http: network.http?.seen(by: clock),
            reach: question.reach, clock: clock)
        var collector = EvidenceCollector(plan, facts: facts, emit: emit)
        await collector.run()
        facts = collector.facts
        facts.ledger.insert(own, at: 0)
        guard question.reach.includesServers, needsProbes(facts), !plan.isClosed(facts), !Task.isCancelled else {
            return collector.disclosures
        }
        let probes = ProbeSource(context: probeContext(clock), catalog: catalog)
        let answer = await probes.ask(question.domain, exchangers: facts.mx?.exchangers.map(\.name) ?? [])
        facts.probed = answer.settings
        facts.ledger += answer.evidence
        for line in answer.evidence { emit(line) }
        return collector.disclosures + answer.disclosures
    }

    /// What the catalogue says of the domain itself. No network.
    private func listing(_ profile: ProviderProfile?) -> Evidence {
        Evidence(
            source: .catalogue, kind: .known, query: question.domain.description,
            outcome: profile == nil ? .none : .found,
            detail: profile.map { "a mail domain of \($0.name)" } ?? "the domain is not listed",
            pointsTo: profile?.id, weight: profile == nil ? 0 : catalog.weights[.domain])
    }

    /// Guesses are tried last, when nobody names a server, be the host known or not, or the DNS's word is weak and the domain's
    /// own servers may know better. A resolver in trouble is no reason to guess.
    private func needsProbes(_ facts: DetectionFacts) -> Bool {
        guard facts.override == nil, !facts.isListed, let mx = facts.mx, mx.isAnswered else { return false }
        let verdict = ProviderScorer(facts, catalog: catalog).verdict
        guard verdict.profile?.kind != .noIMAP else { return false }
        let isWeak = verdict.profile != nil && verdict.provider.confidence < catalog.weights[.probe] && mx.isOwn
        // What a panel usually has is worth trying and no more.
        let isOpen = verdict.profile == nil || verdict.profile?.id == mx.hostWithoutServers?.id
        let isUsual = isOpen && verdict.settings.allSatisfy { $0.source == .catalogue }
        return isUsual || isWeak
    }

    /// The ledger as it counts in the end: a file that contradicts the answer weighs nothing.
    private static func ledger(_ facts: DetectionFacts, _ verdict: DetectionVerdict) -> [Evidence] {
        facts.ledger.map { line in
            guard line.source == verdict.contradicted?.source, line.kind == .document, line.outcome == .found else {
                return line
            }
            var line = line
            line.weight = 0
            line.detail += "; it contradicts the answer, looks stale and is not believed"
            return line
        }
    }

    private func probeContext(_ clock: RunClock) -> CheckContext {
        CheckContext(
            connector: network.connector, trust: network.trust, logins: RunLoginGuard(), redactor: .none,
            deadline: clock.deadline)
    }
}

/// Notes how long the answers that it passes on will hold. A question that detection cut off is one whose answer did not come
/// in time: only of a run that is cancelled as a whole is nothing said, and of that nobody is told.
final class LifetimeRecorder: DNSResolving {
    private let resolver: any DNSResolving
    private let shortestSoFar = Mutex<Duration?>(nil)

    init(_ resolver: any DNSResolving) { self.resolver = resolver }

    func resolve(_ name: String, _ type: DNSRecordType) async -> DNSResponse {
        var response = await resolver.resolve(name, type)
        if response.outcome == .cancelled { response.outcome = .timedOut }
        let lifetime = response.ttl ?? .zero
        shortestSoFar.withLock { $0 = min($0 ?? lifetime, lifetime) }
        return response
    }

    /// The shortest lifetime; zero when one is not known, nil when nothing was asked.
    var shortest: Duration? { shortestSoFar.withLock { $0 } }
}

internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import ProviderCatalog

/// Asks the sources side by side, under one budget, until what is missing is not worth waiting for.
struct EvidenceCollector: Sendable {
    /// How long slow mail exchangers are waited for before documents are asked for without them.
    static let headStart = Duration.milliseconds(40)

    let plan: DetectionPlan
    /// Told each line of the ledger as it comes; some are put right at the end.
    let emit: @Sendable (Evidence) -> Void
    private(set) var facts: DetectionFacts
    /// Who learnt what.
    private(set) var disclosures: [Disclosure] = []

    private let stragglers: StragglerPolicy
    private var answers: [SourceID: SourceAnswer] = [:]
    private var waiting: [SourceID: any EvidenceSource] = [:]
    private var slowest = Duration.zero
    private var asked: Set<SourceID> = []

    private var alarms = 0

    private enum Event: Sendable {
        case answer(SourceID, SourceAnswer)
        case headStartIsOver
        case timeIsUp(at: Duration)
    }

    init(_ plan: DetectionPlan, facts: DetectionFacts, emit: @escaping @Sendable (Evidence) -> Void) {
        self.plan = plan
        self.emit = emit
        self.facts = facts
        stragglers = StragglerPolicy(budget: plan.clock.timeout)
    }

    /// Runs to the end, and leaves everything in `facts`.
    mutating func run() async {
        await withTaskGroup(of: Event.self) { group in
            start(plan.first(facts), in: &group)
            let documentsAt = plan.clock.instant(after: Self.headStart)
            group.addTask { await Self.sleep(until: documentsAt, then: .headStartIsOver) }
            var end = plan.clock.timeout
            setAlarm(&end, in: &group)
            while !waiting.isEmpty, let event = await group.next() {
                switch event {
                case .answer(let id, let answer):
                    take(id, answer)
                    start(plan.second(facts), in: &group)
                case .headStartIsOver:
                    let isWaiting = waiting[.exchangers] != nil
                    if isWaiting, facts.override == nil, !facts.isListed {
                        start(plan.documents(), in: &group)
                    }
                case .timeIsUp(let offset): if offset >= end { end = plan.clock.elapsed }
                }
                guard plan.clock.elapsed < end else { break }
                setAlarm(&end, in: &group)
            }
            group.cancelAll()
            let cut = Array(waiting.keys)
            // Whoever is cancelled says at once what it knows by then.
            while let event = await group.next() {
                if case .answer(let id, let answer) = event { take(id, answer) }
            }
            note(cut)
        }
        facts.ledger = ledger
    }

    private mutating func start(_ sources: DetectionPlan.Sources, in group: inout TaskGroup<Event>) {
        for (id, source) in sources where asked.insert(id).inserted {
            waiting[id] = source
            let domain = plan.domain
            group.addTask { .answer(id, await source.ask(domain)) }
        }
    }

    /// Moves the end of the waiting to where it belongs by now.
    private mutating func setAlarm(_ end: inout Duration, in group: inout TaskGroup<Event>) {
        let next = stragglers.end(slowest: slowest, state: state)
        // An alarm that was set for this moment or an earlier one looks again by itself.
        defer { end = next }
        guard next != end || alarms == 0 else { return }
        alarms += 1
        let moment = RunInstant(clock: plan.clock, offset: next)
        group.addTask { await Self.sleep(until: moment, then: .timeIsUp(at: next)) }
    }

    private var state: StragglerPolicy.State {
        if waiting[.exchangers] != nil { return .waitsForExchangers }
        if plan.isClosed(facts) {
            return plan.isPublishing(facts) && waiting[.autoconfig] != nil ? .answered : .settled
        }
        let verdict = ProviderScorer(facts, catalog: plan.catalog).verdict
        let isWeak = verdict.provider.confidence < plan.catalog.weights[.probe]
        return verdict.settings.isEmpty || isWeak ? .open : .answered
    }

    private mutating func take(_ id: SourceID, _ answer: SourceAnswer) {
        waiting[id] = nil
        answers[id] = answer
        disclosures += answer.disclosures.filter { !disclosures.contains($0) }
        for line in answer.evidence { emit(line) }
        if answer.isLive { slowest = max(slowest, plan.clock.elapsed) }
        switch answer.content {
        case .exchangers(let reading): facts.mx = reading
        case .exchangerAliases(let aliases): facts.mx = facts.mx?.resolving(aliases, catalog: plan.catalog)
        case .services(let reading): facts.srv = reading
        case .wildcard(let isThere): facts.hasWildcard = isThere
        case .address(let isThere): facts.hasAddress = isThere
        case .ownAutoconfigName(let isOwn): facts.hasOwnAutoconfigName = isOwn
        case .autodiscoverTarget(let target):
            if !facts.autodiscoverTargets.contains(target) { facts.autodiscoverTargets.append(target) }
        case .published, nil: break
        }
        facts.published = SourceID.allCases.compactMap {
            if case .published(let settings)? = answers[$0]?.content { settings } else { nil }
        }
        facts.ledger = ledger
    }

    /// Says of the sources that were cut off why.
    private mutating func note(_ cut: [SourceID]) {
        let isClosed = plan.isClosed(facts)
        for id in cut {
            guard var answer = answers[id] else { continue }
            for place in answer.evidence.indices where answer.evidence[place].outcome == .timedOut {
                answer.evidence[place].outcome = isClosed ? .notAsked : .timedOut
                answer.evidence[place].detail =
                    isClosed ? "not waited for: the mail exchangers settle it" : "no answer in time"
            }
            answers[id] = answer
        }
    }

    private var ledger: [Evidence] { SourceID.allCases.flatMap { answers[$0]?.evidence ?? [] } }

    private static func sleep(until instant: RunInstant, then event: Event) async -> Event {
        await instant.sleep()
        return event
    }
}

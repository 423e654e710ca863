import MailModel
import ProviderCatalog

/// Adds up what the ledger says for each provider, and takes off what it says for others.
struct CandidateRanking {
    /// One provider that something points to.
    struct Candidate {
        let profile: ProviderProfile
        /// What each source says for it, the strongest line of each: three selectors of one hoster are one hint.
        let votes: [Evidence]
        /// All votes together, 0...1, before rivals are looked at.
        let score: Double
        /// The score of the strongest rival.
        fileprivate(set) var rival = 0.0
        fileprivate(set) var confidence: Double

        /// Whether nothing but who may send for the domain, or once proved something, speaks for it.
        var restsOnSenders: Bool { votes.allSatisfy { $0.source == .spf || $0.source == .txt } }

        /// Whether mail arrives at it first.
        func isReached(_ weights: EvidenceWeights) -> Bool {
            votes.contains { $0.source == .mx && $0.weight >= weights[.mxAlias] }
        }
    }

    /// Providers with mailboxes, the most likely first.
    private(set) var ranked: [Candidate] = []
    /// How sure it is that the mailbox is at nobody's in the catalogue.
    private(set) var customConfidence = 0.0

    /// Counts the votes.
    ///
    /// - Parameters:
    ///   - facts: The ledger, and what is known around it.
    ///   - custom: How much speaks for servers of nobody in the catalogue, 0...1.
    ///   - catalog: The profiles and the weights.
    init(_ facts: DetectionFacts, custom: Double, catalog: Catalog) {
        let weights = catalog.weights
        var strongest: [String: [Evidence.Source: Evidence]] = [:]
        for line in facts.ledger {
            guard let id = line.pointsTo, let vote = Self.vote(line, facts, catalog) else { continue }
            if vote.weight > strongest[id]?[line.source]?.weight ?? 0 {
                strongest[id, default: [:]][line.source] = vote
            }
        }
        if Self.isOpen(strongest, facts, catalog) {
            for id in strongest.keys { strongest[id]?[.txt] = nil }
        }
        var candidates = strongest.compactMap { id, votes -> Candidate? in
            guard let profile = catalog.profile(id: id), profile.kind.hasMailboxes, !catalog.hints.panels.contains(id)
            else { return nil }
            let score = 1 - votes.values.reduce(1) { $0 * (1 - $1.weight) }
            let sorted = votes.values.sorted { ($0.weight, $1.source.rawValue) > ($1.weight, $0.source.rawValue) }
            return Candidate(profile: profile, votes: sorted, score: score, confidence: score)
        }
        for place in candidates.indices {
            let candidate = candidates[place]
            let rivals = candidates.filter { !$0.profile.isKin(to: candidate.profile) }.map(\.score)
            let rival = max(rivals.max() ?? 0, custom)
            let factor = weights[candidate.isReached(weights) ? .contradictionOfExchanger : .contradiction]
            candidates[place].rival = rival
            candidates[place].confidence = candidate.score * (1 - factor * rival)
        }
        ranked = candidates.sorted { Self.isBefore($0, $1) }
        customConfidence = custom * (1 - weights[.contradiction] * (candidates.map(\.score).max() ?? 0))
    }

    /// The two that come first, where they are equally likely: then neither is the answer. The order of ids is none.
    var tie: (Candidate, Candidate)? {
        guard let first = ranked.first,
            let second = ranked.dropFirst().first(where: { !$0.profile.isKin(to: first.profile) }),
            first.confidence - second.confidence < Self.margin
        else { return nil }
        return (first, second)
    }

    /// Two confidences that lie closer together than this are equal: no weight is known that well.
    private static let margin = 0.02

    /// The candidates for the report, with the votes for each and those for its rivals.
    var reported: [ProviderCandidate] {
        ranked.map { candidate in
            let against = ranked.filter { !$0.profile.isKin(to: candidate.profile) }.flatMap(\.votes)
            return ProviderCandidate(
                id: candidate.profile.id, name: candidate.profile.name, inboxType: candidate.profile.inboxType,
                confidence: candidate.confidence, votesFor: candidate.votes.map(Self.reported),
                votesAgainst: against.sorted { $0.weight > $1.weight }.map(Self.reported))
        }
    }

    /// Among equals the one that can be reached comes first, then the order of ids, so that the answer is always the same.
    private static func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
        // Of a provider whose servers nobody knows only the name is known: where mail arrives tells more.
        if left.isListedOnly != right.isListedOnly, left.profile.canBeReached != right.profile.canBeReached {
            return right.isListedOnly
        }
        if left.confidence != right.confidence { return left.confidence > right.confidence }
        if left.profile.canBeReached != right.profile.canBeReached { return left.profile.canBeReached }
        // A domain that the catalogue does not list is nobody's free mailbox.
        if left.profile.kind != right.profile.kind { return left.profile.kind == .mailbox }
        return left.profile.id < right.profile.id
    }

    private static func reported(_ line: Evidence) -> EvidenceVote {
        EvidenceVote(source: line.source, weight: line.weight, detail: line.detail)
    }

    /// What a line weighs here; nil when it is no vote.
    private static func vote(_ line: Evidence, _ facts: DetectionFacts, _ catalog: Catalog) -> Evidence? {
        guard line.outcome == .found, line.weight > 0 else { return nil }
        let weights = catalog.weights
        var vote = line
        if let gateway = facts.mx?.gateway {
            vote.weight *= behindGateway(line, gateway, catalog)
        }
        let arrivesElsewhere = facts.mx.map { $0.isOwn || $0.exchangers.isEmpty } ?? false
        if arrivesElsewhere, facts.mx?.gateway == nil, [.spf, .txt, .realm].contains(line.source) {
            vote.weight *= weights[.ownExchangerFactor]
        }
        if facts.hasWildcard, line.kind == .alias, line.source != .mx, line.source != .dkim {
            vote.weight *= weights[.wildcardFactor]
        }
        return vote
    }

    /// Whether a gateway hides the exchangers, SPF names two houses of mailboxes alike, and ownership was proved to both.
    /// Then the proof that counts decides nothing: how often it is right was counted where it stands alone.
    private static func isOpen(
        _ votes: [String: [Evidence.Source: Evidence]], _ facts: DetectionFacts, _ catalog: Catalog
    ) -> Bool {
        guard facts.mx?.gateway != nil else { return false }
        let proved = Set(facts.ledger.filter { $0.source == .txt && $0.outcome == .found }.compactMap(\.pointsTo))
        let senders = votes.compactMap { id, lines -> (profile: ProviderProfile, weight: Double)? in
            guard proved.contains(id), let line = lines[.spf], let profile = catalog.profile(id: id),
                profile.kind.hasMailboxes
            else { return nil }
            return (profile, line.weight)
        }
        guard let first = senders.max(by: { $0.weight < $1.weight }) else { return false }
        return senders.contains { !$0.profile.isKin(to: first.profile) && $0.weight > first.weight - margin }
    }

    /// Behind a gateway the exchangers say nothing, so that who sends and who proved what counts more; most where the
    /// gateway belongs to the sender's own house.
    private static func behindGateway(_ line: Evidence, _ gateway: ProviderProfile, _ catalog: Catalog) -> Double {
        let weights = catalog.weights
        switch line.source {
        case .spf:
            let house = line.pointsTo.flatMap { catalog.profile(id: $0)?.house }
            let isOfHouse = house != nil && house == gateway.house
            return weights[isOfHouse ? .spfOfGatewayHouse : .spfBehindGateway] / max(weights[.spf], 0.01)
        case .txt: return weights[.txtBehindGateway] / max(weights[.txt], 0.01)
        default: return 1
        }
    }
}

extension CandidateRanking.Candidate {
    /// Whether the catalogue lists the domain, and nothing else speaks for the provider.
    fileprivate var isListedOnly: Bool { votes.allSatisfy { $0.source == .catalogue } }
}

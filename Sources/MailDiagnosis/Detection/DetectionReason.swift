import MailModel
import ProviderCatalog

/// Says in plain words why a verdict is what it is.
struct DetectionReason {
    private let facts: DetectionFacts
    private let verdict: DetectionVerdict
    private let catalog: Catalog

    /// Takes a verdict, its candidates included.
    init(_ facts: DetectionFacts, _ verdict: DetectionVerdict, catalog: Catalog) {
        self.facts = facts
        self.verdict = verdict
        self.catalog = catalog
    }

    /// One sentence for the answer, and one for each thing that makes it less sure.
    var text: String {
        let domain = facts.domain.description
        let parts = [answer(domain), gateway, rival, contradiction, silence]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    private func answer(_ domain: String) -> String {
        if let profile = facts.override { return "\(profile.name) was named by the user." }
        if let mx = facts.mx, mx.isNull { return "\(domain) declares that it takes no mail." }
        if facts.mx?.nameIsMissing ?? false { return "\(domain) does not exist in the DNS." }
        switch verdict.provider.hosting {
        case .forwarding where facts.mx?.forwarder == nil:
            return "The catalogue lists the domain as one of \(name), which passes mail on: there is no mailbox here."
        case .forwarding:
            return "All mail exchangers belong to \(name), which passes mail on: there is no mailbox here."
        case .notHosted where verdict.provider.id != nil:
            return "All mail exchangers belong to \(name), which takes mail for programs: there is no mailbox here."
        case .notHosted: return "\(domain) has neither a mail exchanger nor an address that could take mail."
        case .hosted, .unknown: break
        }
        if let profile = verdict.profile { return hosted(by: profile) }
        return unknown
    }

    private func hosted(by profile: ProviderProfile) -> String {
        let votes = verdict.candidates.first { $0.id == profile.id }?.votesFor ?? []
        guard let first = votes.first else { return "\(profile.name) is assumed." }
        let others = votes.dropFirst().map { Self.word(for: $0.source) }
        let verb = Set(others).count == 1 ? "agrees" : "agree"
        let support = others.isEmpty ? "." : "; \(Self.list(others)) \(verb)."
        switch first.source {
        case .catalogue: return "The catalogue lists the domain as one of \(profile.name)."
        case .mx: return "The mail exchangers lead to \(profile.name)" + support
        default: return "\(Self.word(for: first.source, begins: true)) points to \(profile.name)" + support
        }
    }

    private var unknown: String {
        if !facts.probed.isEmpty, verdict.settings.first?.source == .probe {
            return "Servers under the domain's usual names answered; no known provider is behind them."
        }
        if verdict.settings.first?.source == .catalogue {
            return
                "Autodiscover leads to software that many hosters run; its usual servers are named, and one of them must "
                + "be seen to answer."
        }
        if let source = verdict.settings.first?.source {
            return "\(Self.word(for: source, begins: true)) names servers of no provider in the catalogue."
        }
        if let tie { return tie }
        if facts.mx?.isOwnFirst ?? false {
            return "Mail arrives at a server of the domain's own first; the other exchangers are spares or left over."
        }
        if facts.mx?.isOwnBehindGateway ?? false {
            return "Behind the gateway stands a server of the domain's own."
        }
        if facts.mx?.isOwn ?? false {
            return "The mail exchangers are the domain's own or those of a hoster that is not in the catalogue."
        }
        if facts.leadsToOwnServer { return "Autodiscover leads to a server of no provider in the catalogue." }
        if facts.mx.map({ !$0.isAnswered }) ?? false { return "The mail exchangers could not be looked up." }
        if verdict.provider.gateway != nil { return "Nothing tells whose mailboxes are behind the gateway." }
        return "Nothing that was asked tells who hosts the mailbox."
    }

    /// Said when two answers are equally likely, so that neither is given.
    private var tie: String? {
        let ranked = verdict.candidates.sorted { $0.confidence > $1.confidence }
        guard let first = ranked.first, let profile = catalog.profile(id: first.id),
            let second = ranked.dropFirst().first(where: { other in
                catalog.profile(id: other.id).map { !$0.isKin(to: profile) } ?? false
            }), first.confidence >= catalog.weights.needed, first.confidence - second.confidence < 0.02
        else { return nil }
        return "As much speaks for \(first.name) as for \(second.name): nothing decides between them."
    }

    private var gateway: String? {
        verdict.provider.gateway.map { "Mail arrives at \($0.name), a security gateway in front of the mailboxes." }
    }

    /// Said when a second answer can be defended.
    private var rival: String? {
        guard let other = verdict.candidates.first(where: { isRival($0) }) else { return nil }
        let sources = Self.list(other.votesFor.map { Self.word(for: $0.source) })
        let verb = other.votesFor.count == 1 ? "speaks" : "speak"
        return "Against that \(verb) \(sources), for \(other.name)."
    }

    private func isRival(_ candidate: ProviderCandidate) -> Bool {
        guard candidate.id != verdict.profile?.id, let profile = catalog.profile(id: candidate.id) else { return false }
        if let chosen = verdict.profile, chosen.isKin(to: profile) { return false }
        return candidate.votesFor.contains { $0.weight >= catalog.weights[.spf] / 2 }
    }

    /// Said when the domain publishes settings that contradict what was found.
    private var contradiction: String? {
        guard let stale = verdict.contradicted, let settings = stale.settings.first else { return nil }
        return "The domain's own \(Self.word(for: stale.source)) names \(settings.imap.host) instead: "
            + "it looks stale and is not believed."
    }

    /// A time-out must not turn into a guess without a word.
    private var silence: String? {
        // That the exchangers could not be looked up says it for all the others.
        guard facts.override == nil, !facts.silent.isEmpty, verdict.provider.confidence < 0.9,
            facts.mx?.isAnswered ?? true
        else { return nil }
        let verb = facts.silent.count == 1 ? "gave" : "each gave"
        return "\(Self.list(facts.silent.map { Self.word(for: $0) }, begins: true)) \(verb) no usable answer, "
            + "so this is less sure than it could be."
    }

    private var name: String { verdict.provider.name ?? "a service" }

    private static func word(for source: Evidence.Source, begins: Bool = false) -> String {
        let word =
            switch source {
            case .catalogue: "the catalogue"
            case .mx: "the mail exchangers"
            case .srv: "a service record"
            case .autodiscover: "autodiscover"
            case .autoconfig: "autoconfig"
            case .alias: "an alias of a mail server's usual name"
            case .dkim: "a DKIM key"
            case .spf: "SPF"
            case .txt: "a proof of ownership"
            case .realm: "the provider's directory"
            case .ispdb: "the public database"
            case .mailconf: "a mailconf record"
            case .pacc: "a PACC file"
            case .probe: "the live server"
            default: source.rawValue
            }
        return begins ? word.prefix(1).uppercased() + word.dropFirst() : word
    }

    private static func list(_ words: [String], begins: Bool = false) -> String {
        var unique = words.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if begins, let first = unique.first { unique[0] = first.prefix(1).uppercased() + first.dropFirst() }
        guard unique.count > 1, let last = unique.popLast() else { return unique.first ?? "" }
        return unique.joined(separator: ", ") + " and " + last
    }
}

internal import MailDiagnosis
internal import MailModel

/// One source of evidence: one job, and lines of the ledger whatever happens. It ends at once when its task is cancelled.
protocol EvidenceSource: Sendable {
    /// What the ledger shows as the question while there is no answer.
    func query(_ domain: DomainName) -> String

    /// Asks, and says what came back.
    func ask(_ domain: DomainName) async -> SourceAnswer
}

/// What one source found.
struct SourceAnswer: Sendable {
    /// What is more than a vote.
    enum Content: Sendable {
        /// The mail exchangers.
        case exchangers(MXAnalysis)
        /// Where exchangers are aliases to, by their name.
        case exchangerAliases([String: String])
        /// The service records.
        case services(SRVAnalysis)
        /// Settings that somebody publishes.
        case published(PublishedSettings)
        /// Whether any name below the domain resolves.
        case wildcard(Bool)
        /// Whether the domain itself has an address.
        case address(Bool)
        /// Whether `autoconfig.` and the domain is a name of its own and not a known provider's.
        case ownAutoconfigName(Bool)
        /// Where the alias or the service record of Autodiscover leads.
        case autodiscoverTarget(String)
    }

    /// The ledger's lines.
    var evidence: [Evidence]
    /// What is more than a vote, if anything.
    var content: Content?
    /// Who learnt what by it, beside the DNS resolver.
    var disclosures: [Disclosure] = []

    /// Whether somebody answered, yes or no: how long live ones take tells how long the others are worth waiting for.
    var isLive: Bool { evidence.isEmpty || evidence.contains { $0.outcome != .timedOut } }
}

/// The sources in the order in which the ledger shows them.
enum SourceID: Int, Hashable, Sendable, CaseIterable, Comparable {
    case exchangers, exchangerAliases, address, services
    case autodiscoverAlias, autodiscoverService, autoconfigAlias, hostAliases
    case dkim, spf, spfIncludes, ownership, wildcard
    case pacc, autoconfig, mailconf, database, autodiscover, exchangerDatabase
    case realms

    static func < (left: SourceID, right: SourceID) -> Bool { left.rawValue < right.rawValue }
}

extension Sequence where Self: Sendable, Element: Sendable {
    /// Does the same for each element side by side, and gives the results in the elements' order.
    func concurrentMap<Result: Sendable>(_ transform: @escaping @Sendable (Element) async -> Result) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, element) in enumerated() { group.addTask { (index, await transform(element)) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

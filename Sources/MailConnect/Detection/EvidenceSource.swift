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
        case exchangers(MXReading)
        /// Where exchangers are aliases to, by their name.
        case exchangerAliases([String: String])
        /// The service records.
        case services(SRVReading)
        /// Settings that somebody publishes.
        case published(PublishedSettings)
        /// Whether any name below the domain resolves.
        case wildcard(Bool)
        /// Whether the domain itself has an address.
        case address(Bool)
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

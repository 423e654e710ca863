internal import MailDiagnosis
internal import MailModel

/// A source of settings that somebody publishes over https: one job, and lines of the ledger whatever happens.
protocol DocumentSource: Sendable {
    /// Asks, and says what came back. It ends by the deadline, and at once when its task is cancelled.
    func ask(_ domain: DomainName, address: EmailAddress?, until deadline: ContinuousClock.Instant) async
        -> DocumentAnswer
}

/// What a document source found.
struct DocumentAnswer: Sendable {
    /// The settings of the best document, nil when none names a usable pair of servers.
    var published: PublishedSettings?
    /// The ledger's lines.
    var evidence: [Evidence]
}

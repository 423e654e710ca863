import FoundationEssentials
package import MailConnect
package import MailModel
package import MailRegistration

/// Collects accounts that were proved and registers them by the hundred. The permits never leave the process.
package actor BatchRegistrar {
    /// An account that waits.
    package struct Waiting: Sendable {
        package var job: RowJob
        package var diagnosis: Diagnosis
        package var item: BulkRegistration.Item
        package var notes: [String]

        /// Puts all together.
        package init(job: RowJob, diagnosis: Diagnosis, item: BulkRegistration.Item, notes: [String]) {
            self.job = job
            self.diagnosis = diagnosis
            self.item = item
            self.notes = notes
        }
    }

    /// What became of one.
    package struct End: Sendable {
        package var job: RowJob
        package var diagnosis: Diagnosis
        package var outcome: RegistrationOutcome
    }

    /// How long a hundred may take, with all that the API works off behind the request.
    static let budget = Duration.seconds(900)
    /// Requests that are under way at once.
    static let atOnce = 4
    /// How long a part waits for a hundredth.
    static let patience = Duration.seconds(3)

    private let service: RegistrationService
    private let pace: RequestPace?
    private var waiting: [Waiting] = []
    private var since: ContinuousClock.Instant?
    private var underWay = 0
    private var opened: (BulkRegistration, RegistrationJournal, APIKey)?

    /// A registrar.
    ///
    /// - Parameters:
    ///   - service: Where accounts are registered.
    ///   - pace: Who counts the requests; nil to count those of this machine's journal.
    package init(service: RegistrationService, pace: RequestPace? = nil) {
        self.service = service
        self.pace = pace
    }

    /// An account waits.
    package func add(_ item: Waiting) {
        if waiting.isEmpty { since = .now }
        waiting.append(item)
    }

    /// The next part to send; nil when there is none yet.
    ///
    /// - Parameter isLast: Whether nothing more comes soon.
    /// - Returns: At most a hundred accounts.
    package func part(isLast: Bool) -> [Waiting]? {
        guard !waiting.isEmpty, underWay < Self.atOnce else { return nil }
        let isDue = since.map { $0 + Self.patience <= .now } ?? false
        guard waiting.count >= BulkRequest.most || isLast || isDue else { return nil }
        let part = Array(waiting.prefix(BulkRequest.most))
        waiting.removeFirst(part.count)
        since = waiting.isEmpty ? nil : .now
        underWay += 1
        return part
    }

    /// Registers a part.
    package func register(_ part: [Waiting]) async throws -> [End] {
        defer { underWay -= 1 }
        let (bulk, _, _) = try await registration()
        let outcomes = try await bulk.register(part.map(\.item), budget: Self.budget)
        return zip(part, outcomes).map { waiting, outcome in
            var outcome = outcome
            outcome.notes = waiting.notes + outcome.notes
            return End(job: waiting.job, diagnosis: waiting.diagnosis, outcome: outcome)
        }
    }

    /// What the journal tells of an account of which nothing is sent.
    package func known(_ address: EmailAddress) async throws -> RegistrationOutcome? {
        let (_, journal, key) = try await registration()
        return try await journal.knownOutcome(of: address, base: service.base, key: key)
    }

    private func registration() async throws -> (BulkRegistration, RegistrationJournal, APIKey) {
        if let opened { return opened }
        guard let key = service.key, let journal = service.journal else {
            throw JournalError(.cannotOpen, "there is no journal or no API key for the registrations")
        }
        var options = RegistrationClient.Options()
        options.userAgent = service.userAgent
        let now = RegistrationClock.system.now()
        let lately = try await journal.requests(to: service.base, since: now.addingTimeInterval(-3_600), now: now)
        let bulk = BulkRegistration(
            client: RegistrationClient(base: service.base, key: key, http: service.http, options: options),
            journal: journal, pace: pace ?? RequestPace(earlier: lately))
        opened = (bulk, journal, key)
        return (bulk, journal, key)
    }
}

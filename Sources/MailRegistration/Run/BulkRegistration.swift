public import MailModel

/// Registers many accounts by as few requests as possible: each attempt is in the journal before its request leaves, and
/// the API's word on each account after that.
public struct BulkRegistration: Sendable {
    /// One account to register.
    public struct Item: Sendable {
        /// The account.
        public var request: RegistrationRequest
        /// The proof that both its logins passed in this run.
        public var permit: RegistrationPermit

        /// Puts both together.
        public init(request: RegistrationRequest, permit: RegistrationPermit) {
            self.request = request
            self.permit = permit
        }
    }

    private let client: RegistrationClient
    private let journal: RegistrationJournal
    private let pace: RequestPace
    private let clock: RegistrationClock

    /// Puts one together. Nothing is sent.
    ///
    /// - Parameters:
    ///   - client: Who sends.
    ///   - journal: Who remembers.
    ///   - pace: Who counts requests.
    ///   - clock: The time.
    public init(
        client: RegistrationClient, journal: RegistrationJournal, pace: RequestPace,
        clock: RegistrationClock = .system
    ) {
        self.client = client
        self.journal = journal
        self.pace = pace
        self.clock = clock
    }

    /// Registers accounts.
    ///
    /// - Parameters:
    ///   - items: The accounts; an address that stands twice is registered once.
    ///   - resolving: Whether to send accounts that the journal knows, too.
    ///   - budget: How long all of it may take, waiting included.
    /// - Returns: What became of each, in the same order.
    /// - Throws: `JournalError` when attempts could not be written down; then nothing more was sent.
    public func register(
        _ items: [Item], resolving: Bool = false, budget: Duration
    ) async throws(JournalError) -> [RegistrationOutcome] {
        let deadline = clock.elapsed() + budget
        var outcomes: [Int: RegistrationOutcome] = [:]
        var waiting: [Int] = []
        var seen: [String: Int] = [:]
        for (place, item) in items.enumerated() {
            if seen.updateValue(place, forKey: item.request.address.description.lowercased()) != nil {
                outcomes[place] = refusal(item, "the same address stands in this batch already")
            } else {
                waiting.append(place)
            }
        }
        while !waiting.isEmpty {
            let places = Array(waiting.prefix(BulkRequest.most))
            waiting.removeFirst(places.count)
            let part = try await registerPart(places.map { items[$0] }, resolving, until: deadline)
            for (place, outcome) in zip(places, part) { outcomes[place] = outcome }
        }
        return items.indices.map { outcomes[$0] ?? refusal(items[$0], "it was not reached") }
    }

    /// At most a hundred accounts.
    private func registerPart(
        _ items: [Item], _ resolving: Bool, until deadline: Duration
    ) async throws(JournalError) -> [RegistrationOutcome] {
        var outcomes: [Int: RegistrationOutcome] = [:]
        var open: [(place: Int, id: Int64)] = []
        for (place, item) in items.enumerated() {
            switch try await claim(item, resolving, begun: open.map(\.id)) {
            case .begun(let id): open.append((place, id))
            case .known(let knowledge):
                outcomes[place] =
                    KnownOutcome(request: item.request, knowledge: knowledge) {
                        journal.credentialsChanged(item.request, since: $0)
                    }.outcome
            }
        }
        let sent = open.map { items[$0.place] }
        if let request = try? BulkRequest(sent.map(\.request)) {
            let ends = await BulkFollowing(client: client, pace: pace, clock: clock, deadline: deadline)
                .outcomes(of: request, permits: sent.map(\.permit))
            for (attempt, var outcome) in zip(open, ends) {
                do throws(JournalError) {
                    try await journal.answer(attempt.id, outcome, now: clock.now())
                } catch {
                    outcome.notes.append(
                        "The journal could not be written: \(error). It shows this attempt as unknown.")
                }
                outcomes[attempt.place] = outcome
            }
        }
        return items.indices.map { outcomes[$0] ?? refusal(items[$0], "it was not sent") }
    }

    /// Writes one attempt down. When that fails nothing is sent, and what was begun already is marked so.
    private func claim(_ item: Item, _ resolving: Bool, begun: [Int64]) async throws(JournalError) -> JournalClaim {
        do throws(JournalError) {
            return try await journal.begin(
                item.request, base: client.base, key: client.key, resolving: resolving, now: clock.now())
        } catch {
            let outcome = refusal(item, "the journal failed before anything was sent")
            for id in begun { try? await journal.answer(id, outcome, now: clock.now()) }
            throw error
        }
    }

    private func refusal(_ item: Item, _ reason: String) -> RegistrationOutcome {
        RegistrationOutcome(
            status: .notAttempted, reason: reason, request: item.request.redactedFields, obstacle: .notPermitted)
    }
}

public import MailModel

/// Registers one account, exactly once: it asks the journal, keeps within the rate limits, sends, and writes down what
/// came back. What may have reached the API is never repeated by itself.
public struct AccountRegistration: Sendable {
    private let client: RegistrationClient
    private let journal: RegistrationJournal
    private let pace: RequestPace
    private let clock: RegistrationClock
    private let progress: (@Sendable (RegistrationProgress) -> Void)?

    /// Puts one together. Nothing is sent.
    ///
    /// - Parameters:
    ///   - client: Who sends.
    ///   - journal: Who remembers.
    ///   - pace: Who counts requests; several registrations may share one.
    ///   - clock: The time.
    ///   - progress: Told what happens while it happens; nil for silence.
    public init(
        client: RegistrationClient, journal: RegistrationJournal, pace: RequestPace,
        clock: RegistrationClock = .system, progress: (@Sendable (RegistrationProgress) -> Void)? = nil
    ) {
        self.client = client
        self.journal = journal
        self.pace = pace
        self.clock = clock
        self.progress = progress
    }

    /// Registers an account.
    ///
    /// - Parameters:
    ///   - request: The account.
    ///   - permit: The proof that both logins passed in this run, with just these settings.
    ///   - resolving: Whether to send although the journal knows the account: 409 then means "already registered".
    ///   - budget: How long all of it may take, waiting included.
    /// - Returns: What became of it; every end is an outcome.
    /// - Throws: `JournalError` when the attempt could not be written down; then nothing was sent.
    public func register(
        _ request: RegistrationRequest, permit: RegistrationPermit, resolving: Bool = false, budget: Duration
    ) async throws(JournalError) -> RegistrationOutcome {
        let deadline = clock.elapsed() + budget
        let known = try await journal.knowledge(
            of: request.address, base: client.base, key: client.key, patience: patience(deadline))
        if let known, !resolving { return outcome(of: known, for: request) }
        var tries = 0
        var failures = 0
        var last: RegistrationOutcome?
        while true {
            if let refusal = await makeRoom(request, until: deadline) { return last ?? refusal }
            let claim: JournalClaim
            do throws(JournalError) {
                claim = try await journal.begin(
                    request, base: client.base, key: client.key, resolving: resolving, now: clock.now(),
                    patience: patience(deadline))
            } catch {
                guard var told = last else { throw error }
                told.notes.append("It was not sent again: \(error).")
                return told
            }
            guard case .begun(let id) = claim else {
                guard case .known(let knowledge) = claim else { return last ?? client.cancelled(request) }
                return outcome(of: knowledge, for: request)
            }
            tries += 1
            progress?(.sending(attempt: tries))
            var outcome = await client.register(request, permit: permit, timeout: remaining(deadline))
            await note(&outcome, id, until: deadline)
            progress?(.answered(outcome.status))
            failures += outcome.status == .notAttempted ? 1 : 0
            guard let pause = RetryRule.pause(after: outcome, tries: tries, failures: failures),
                await wait(pause, "the API cannot take it yet", until: deadline)
            else { return outcome }
            last = outcome
        }
    }

    /// A journal that fails now has the attempt without an answer, which is the safe side; the outcome is told all the same.
    private func note(_ outcome: inout RegistrationOutcome, _ id: Int64, until deadline: Duration) async {
        do throws(JournalError) {
            try await journal.answer(id, outcome, now: clock.now(), patience: patience(deadline))
        } catch {
            outcome.notes.append("The journal could not be written: \(error). It shows this attempt as unknown.")
        }
    }

    /// Waits until one more request is within the limits; the reason when that takes too long.
    private func makeRoom(
        _ request: RegistrationRequest, until deadline: Duration
    ) async -> RegistrationOutcome? {
        let now = clock.now()
        let patience = remaining(deadline) - Self.leastForRequest
        guard let wait = await pace.reserve(now: now, patience: max(.zero, patience)) else {
            return client.held(request, seconds: await pace.secondsToWait(now: now))
        }
        guard wait > .zero else { return nil }
        let isOver = await self.wait(wait, "the API's rate limit is used up", until: deadline)
        return isOver ? nil : client.cancelled(request)
    }

    /// Waits; false when there would be no time left for a request, or the task is cancelled.
    private func wait(_ pause: Duration, _ reason: String, until deadline: Duration) async -> Bool {
        guard pause + Self.leastForRequest <= remaining(deadline) else { return false }
        progress?(.waiting(seconds: Int(pause.components.seconds), reason: reason))
        do {
            try await clock.sleep(pause)
            return !Task.isCancelled
        } catch {
            return false
        }
    }

    /// How long the journal may keep us waiting; a moment even when the time is over.
    private func patience(_ deadline: Duration) -> Duration {
        min(max(remaining(deadline), .milliseconds(500)), RegistrationJournal.patience)
    }

    private func remaining(_ deadline: Duration) -> Duration { max(.zero, deadline - clock.elapsed()) }

    /// What a request must have left to be worth sending.
    private static let leastForRequest = Duration.seconds(1)

    private func outcome(
        of knowledge: JournalKnowledge, for request: RegistrationRequest
    ) -> RegistrationOutcome {
        KnownOutcome(request: request, knowledge: knowledge) { journal.credentialsChanged(request, since: $0) }.outcome
    }
}

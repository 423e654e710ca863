import FoundationEssentials
public import MailModel

/// What is told when the journal knows the account and nothing is sent.
struct KnownOutcome {
    /// What would have been sent; nil where nothing was made.
    let request: RegistrationRequest?
    let knowledge: JournalKnowledge
    let credentialsChanged: (JournalEntry) -> Bool

    var outcome: RegistrationOutcome {
        switch knowledge {
        case .registered(let entry): registered(entry)
        case .unknown(let entry): unknown(entry)
        }
    }

    private func registered(_ entry: JournalEntry) -> RegistrationOutcome {
        let told = entry.state == .registered ? "was registered" : "was found registered"
        var outcome = base(
            .alreadyRegistered, entry,
            "the journal says that this account \(told) on \(time(entry)); nothing was sent"
        )
        outcome.inboxID = entry.inboxID
        outcome.overallStatus = entry.overallStatus
        outcome.createdAt = entry.createdAt
        outcome.dailyLimit = entry.dailyLimit
        if credentialsChanged(entry) {
            outcome.notes.append(
                "The credentials are not those that were registered. The API documents no update: change them in its "
                    + "dashboard, or delete the account there and register it again.")
        }
        return outcome
    }

    private func unknown(_ entry: JournalEntry) -> RegistrationOutcome {
        let end =
            entry.answeredAt == nil
            ? "has no answer: it was cut off, or it is still under way" : "ended without a clear answer"
        return base(
            .unknown, entry,
            "the journal says that the attempt of \(time(entry)) \(end); nothing was sent now")
    }

    private func base(
        _ status: RegistrationOutcome.Status, _ entry: JournalEntry, _ reason: String
    ) -> RegistrationOutcome {
        RegistrationOutcome(
            status: status, reason: reason, dailyLimit: entry.dailyLimit, request: request?.redactedFields,
            steps: [.registerAgain])
    }

    private func time(_ entry: JournalEntry) -> String {
        entry.attemptedAt.formatted(.iso8601)
    }
}

extension RegistrationJournal {
    /// What the journal tells of an account of which nothing is sent now, such as one whose process died while it was
    /// registered.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - base: Where the API lives.
    ///   - key: The API key.
    /// - Returns: The outcome; nil when nothing was ever sent, or the API refused it.
    /// - Throws: `JournalError`.
    public func knownOutcome(
        of address: EmailAddress, base: APIBase, key: APIKey
    ) async throws(JournalError) -> RegistrationOutcome? {
        try await knowledge(of: address, base: base, key: key).map {
            KnownOutcome(request: nil, knowledge: $0) { _ in false }.outcome
        }
    }
}

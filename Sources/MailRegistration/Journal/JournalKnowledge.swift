/// What the journal knows of an account that matters before a request leaves.
public enum JournalKnowledge: Hashable, Sendable {
    /// It is at the API, as this attempt proved.
    case registered(JournalEntry)
    /// Whether it is there is not known since this attempt.
    case unknown(JournalEntry)

    /// Reads it out of an account's attempts.
    ///
    /// What the API said under another key counts only when it is open: another key can belong to another workspace,
    /// where the same address is another account, but a request whose end nobody knows is never repeated silently.
    ///
    /// - Parameters:
    ///   - entries: The attempts, in any order.
    ///   - keyTag: The tag of the key that is used now.
    /// - Returns: What is known; nil when nothing speaks against a request.
    static func of(_ entries: [JournalEntry], keyTag: String) -> JournalKnowledge? {
        let sorted = entries.sorted { $0.id > $1.id }
        if let there = sorted.first(where: { $0.state.isThere && $0.keyTag == keyTag }) { return .registered(there) }
        let open = sorted.first { entry in
            // A key that later proved the account settles what was open under it.
            entry.state == .unknown && !sorted.contains { $0.state.isThere && $0.keyTag == entry.keyTag }
        }
        return open.map { .unknown($0) }
    }
}

/// Whether an attempt may begin.
public enum JournalClaim: Hashable, Sendable {
    /// It is written down under this number, and its request may leave.
    case begun(Int64)
    /// The journal knows the account; nothing was written.
    case known(JournalKnowledge)
}

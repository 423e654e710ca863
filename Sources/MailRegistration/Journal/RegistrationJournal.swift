public import FoundationEssentials
import Glibc
public import MailModel
internal import MailNetwork
internal import MailSQLite

/// What was tried to be registered, with what settings, and what came back. It survives an end at any moment.
///
/// An attempt is committed to the disk before its request leaves, and its answer after that; so an attempt without an
/// answer is one whose end nobody knows. It is an SQLite file in WAL mode that only its owner can read, without secrets.
public struct RegistrationJournal: Sendable {
    /// How long another process may hold the file, when nothing else is said.
    public static let patience = Duration.seconds(5)

    let queue: SQLiteQueue
    let tags: CredentialTag

    /// Opens a journal, and makes it when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - makesFolder: Whether a missing folder is made, for its owner alone.
    ///   - patience: How long another process may hold the file.
    /// - Throws: `JournalError`.
    public init(
        path: String, makesFolder: Bool = false, patience: Duration = Self.patience
    ) throws(JournalError) {
        try JournalFile.prepare(path, makesFolder: makesFolder)
        queue = try JournalDatabase.open(path, patience: min(patience, Self.patience))
        let key: SQLiteValue?
        do {
            key = try queue.sync { try $0.first("SELECT key FROM secret WHERE id = 1") }
        } catch {
            throw JournalDatabase.failure(error, path)
        }
        guard case .blob(let octets)? = key, octets.count >= 16 else {
            throw JournalError(.notAJournal, "the journal \(ServerText(path)) has lost its key")
        }
        tags = CredentialTag(key: octets)
    }

    /// Opens a journal without holding up other tasks: another process may be in the way for seconds.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - makesFolder: Whether a missing folder is made, for its owner alone.
    ///   - patience: How long another process may hold the file.
    /// - Returns: The journal.
    /// - Throws: `JournalError`.
    public static func open(
        _ path: String, makesFolder: Bool = false, patience: Duration = Self.patience
    ) async throws(JournalError) -> Self {
        let opened = await HeavyWork.run {
            Result { () throws(JournalError) in
                try Self(path: path, makesFolder: makesFolder, patience: patience)
            }
        }
        return try opened.get()
    }

    /// Writes down that a request is about to leave, unless the journal knows the account.
    ///
    /// Both happen in one transaction, so of two processes only one begins.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - base: Where the API lives.
    ///   - key: The API key.
    ///   - resolving: Whether it may leave although the account is known.
    ///   - now: The time.
    ///   - patience: How long to wait for the file.
    /// - Returns: The attempt's number, or what is known.
    /// - Throws: `JournalError`; then nothing may be sent.
    public func begin(
        _ request: RegistrationRequest, base: APIBase, key: APIKey, resolving: Bool, now: Date,
        patience: Duration = Self.patience
    ) async throws(JournalError) -> JournalClaim {
        let account = JournalAccount(address: request.address, base: base)
        let (fingerprint, keyTag) = try marks(request, key)
        return try await JournalTurn.take(queue, patience) { database in
            let known = JournalKnowledge.of(try JournalRow.entries(of: account, in: database), keyTag: keyTag)
            if let known, !resolving { return .known(known) }
            let settings = SettingsText.text(request.redactedFields)
            try database.execute(
                """
                INSERT INTO attempt (address, api_base, attempted_at, settings, fingerprint, key_tag, daily_limit)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    account.address, account.apiBase, now.timeIntervalSince1970, settings, fingerprint, keyTag,
                    request.dailyLimit,
                ])
            return .begun(database.lastInsertedID)
        }
    }

    /// What is known of an account before anything is written or sent.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - base: Where the API lives.
    ///   - key: The API key.
    ///   - patience: How long to wait for the file.
    /// - Returns: What is known; nil when nothing speaks against a request.
    /// - Throws: `JournalError`.
    public func knowledge(
        of address: EmailAddress, base: APIBase, key: APIKey, patience: Duration = Self.patience
    ) async throws(JournalError) -> JournalKnowledge? {
        let account = JournalAccount(address: address, base: base)
        guard let keyTag = tags.tag(of: key) else { throw Self.noTag }
        return try await JournalTurn.take(queue, patience) {
            JournalKnowledge.of(try JournalRow.entries(of: account, in: $0), keyTag: keyTag)
        }
    }

    /// Writes down what became of an attempt.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - outcome: What became of it.
    ///   - now: The time.
    ///   - patience: How long to wait for the file.
    /// - Throws: `JournalError`; the attempt then stays without an answer.
    public func answer(
        _ id: Int64, _ outcome: RegistrationOutcome, now: Date, patience: Duration = Self.patience
    ) async throws(JournalError) {
        let state: JournalEntry.State =
            switch outcome.status {
            case .registered: .registered
            case .alreadyRegistered: .alreadyRegistered
            case .refused: .refused
            case .notAttempted: .notSent
            case .unknown: .unknown
            }
        try await JournalTurn.take(queue, patience) { database in
            try database.execute(
                """
                UPDATE attempt SET answered_at = ?, state = ?, reason = ?, http_status = ?, inbox_id = ?,
                    overall_status = ?, daily_limit = ?, created_at = ? WHERE id = ?
                """,
                [
                    now.timeIntervalSince1970, state.rawValue, outcome.reason, outcome.httpStatus, outcome.inboxID,
                    outcome.overallStatus, outcome.dailyLimit, outcome.createdAt?.timeIntervalSince1970, id,
                ])
        }
    }

    /// Whether the credentials of a request differ from those of an attempt.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - entry: The attempt.
    /// - Returns: True when user names or passwords changed; a change is missed once in 65,536 times.
    public func credentialsChanged(_ request: RegistrationRequest, since entry: JournalEntry) -> Bool {
        tags.fingerprint(of: request) != entry.fingerprint
    }

    /// All attempts, the latest first.
    ///
    /// - Parameter address: Only those of this address, in any case; nil for all.
    /// - Returns: The attempts.
    /// - Throws: `JournalError`.
    public func entries(address: String? = nil) async throws(JournalError) -> [JournalEntry] {
        try await JournalTurn.take(queue, Self.patience) {
            try JournalRow.entries(address: address?.lowercased(), in: $0)
        }
    }

    /// Forgets all attempts of an address.
    ///
    /// - Parameters:
    ///   - address: The address, in any case.
    ///   - base: Only those at this API; nil for all.
    /// - Returns: How many there were.
    /// - Throws: `JournalError`.
    public func forget(address: String, base: APIBase? = nil) async throws(JournalError) -> Int {
        try await JournalTurn.take(queue, Self.patience) { database in
            let entries = try JournalRow.entries(address: address.lowercased(), in: database)
            let meant = entries.filter { entry in base.map { JournalRow.isSame(entry.apiBase, $0.description) } ?? true
            }
            for entry in meant {
                try database.execute("DELETE FROM attempt WHERE id = ?", [entry.id])
            }
            return meant.count
        }
    }

    /// When requests left for an API lately, for keeping within its rate limits over several runs. Those that are dated after
    /// now were made before a clock was set back: they say nothing about the last hour.
    ///
    /// - Parameters:
    ///   - base: Where the API lives.
    ///   - since: From when on.
    ///   - now: The time.
    ///   - patience: How long to wait for the file.
    /// - Returns: The times.
    /// - Throws: `JournalError`.
    public func requests(
        to base: APIBase, since: Date, now: Date, patience: Duration = Self.patience
    ) async throws(JournalError) -> [Date] {
        try await JournalTurn.take(queue, patience) { database in
            try JournalRow.times(of: base, since: since, in: database).filter { $0 <= now }
        }
    }

    private func marks(_ request: RegistrationRequest, _ key: APIKey) throws(JournalError) -> (String, String) {
        guard let fingerprint = tags.fingerprint(of: request), let keyTag = tags.tag(of: key) else { throw Self.noTag }
        return (fingerprint, keyTag)
    }

    static let noTag = JournalError(.failed, "no fingerprint could be made for the journal")
}

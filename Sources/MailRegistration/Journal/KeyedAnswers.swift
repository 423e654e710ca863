public import FoundationEssentials
public import MailModel
internal import MailNetwork
internal import MailSQLite

/// What a caller sent under an idempotency key, as far as it can be told from something else.
public struct KeyedCall: Sendable {
    /// Whose key it is: the same key of somebody else is another one.
    public let caller: String
    /// What was asked for.
    public let route: String
    /// The key, as the caller chose it.
    public let key: String
    /// What was sent besides secrets.
    public let body: String
    /// The secrets that were sent.
    public let secrets: [Secret]

    /// Names a call.
    ///
    /// - Parameters:
    ///   - caller: Whose key it is.
    ///   - route: What was asked for.
    ///   - key: The key.
    ///   - body: What was sent, without its secrets, in a form that does not depend on how it was written.
    ///   - secrets: The secrets, in a fixed order.
    public init(caller: String, route: String, key: String, body: String, secrets: [Secret]) {
        self.caller = caller
        self.route = route
        self.key = key
        self.body = body
        self.secrets = secrets
    }
}

/// The answers that were given under idempotency keys, kept in the journal's file: a caller that asks again, even after the
/// program was started anew, gets the same answer.
///
/// Neither key nor body stands in the file, but keyed tags of them; secrets have one of 16 bits (`CredentialTag`).
extension RegistrationJournal {
    /// What is known of a call.
    public enum KeyedKnowledge: Hashable, Sendable {
        /// Nothing: it begins now.
        case new
        /// It began before, and its end is not known: the program may have been killed.
        case unfinished
        /// It ended, with this status and this text.
        case answered(status: Int, text: String)
        /// The key belongs to something else.
        case otherBody
    }

    /// How long answers are kept.
    public static let answersAreKept = Duration.seconds(30 * 86_400)

    /// Writes down that a call begins, unless its key is known.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - now: The time.
    /// - Returns: What is known of it.
    /// - Throws: `JournalError`.
    public func begin(_ call: KeyedCall, now: Date) async throws(JournalError) -> KeyedKnowledge {
        let marks = try marks(call)
        return try await JournalTurn.take(queue, Self.patience) { database in
            try Self.makeTable(database, now)
            let rows = try database.rows(
                "SELECT body, secrets, status, text FROM keyed_answer WHERE caller = ? AND route = ? AND name = ?",
                [call.caller, call.route, marks.name])
            guard let row = rows.first else {
                try database.execute(
                    """
                    INSERT INTO keyed_answer (caller, route, name, body, secrets, begun_at) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    [call.caller, call.route, marks.name, marks.body, marks.secrets, now.timeIntervalSince1970])
                return .new
            }
            guard row["body"] == .text(marks.body), row["secrets"] == .text(marks.secrets) else { return .otherBody }
            guard case .integer(let status)? = row["status"], case .text(let text)? = row["text"] else {
                return .unfinished
            }
            return .answered(status: Int(clamping: status), text: text)
        }
    }

    /// Writes down how a call was answered.
    ///
    /// - Parameters:
    ///   - call: The call, which was begun.
    ///   - status: The status.
    ///   - text: The text. It holds no secret.
    /// - Throws: `JournalError`; the call then stays unfinished.
    public func end(_ call: KeyedCall, status: Int, text: String) async throws(JournalError) {
        let name = try marks(call).name
        try await JournalTurn.take(queue, Self.patience) { database in
            try database.execute(
                "UPDATE keyed_answer SET status = ?, text = ? WHERE caller = ? AND route = ? AND name = ?",
                [status, text, call.caller, call.route, name])
        }
    }

    /// Forgets a call that came to no end: its key may be used again.
    ///
    /// - Parameter call: The call, which was begun.
    /// - Throws: `JournalError`.
    public func forget(_ call: KeyedCall) async throws(JournalError) {
        let name = try marks(call).name
        try await JournalTurn.take(queue, Self.patience) { database in
            try database.execute(
                "DELETE FROM keyed_answer WHERE caller = ? AND route = ? AND name = ? AND status IS NULL",
                [call.caller, call.route, name])
        }
    }

    private func marks(_ call: KeyedCall) throws(JournalError) -> (name: String, body: String, secrets: String) {
        guard let name = tags.tag(ofName: call.key), let body = tags.tag(ofBody: call.body),
            let secrets = tags.tag(ofSecrets: call.secrets.map(\.revealed))
        else { throw Self.noTag }
        return (name, body, secrets)
    }

    /// The table is made when it is first needed: a journal without it is as good as one with it.
    private static func makeTable(_ database: SQLiteConnection, _ now: Date) throws {
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS keyed_answer (
                caller TEXT NOT NULL,
                route TEXT NOT NULL,
                name TEXT NOT NULL,
                body TEXT NOT NULL,
                secrets TEXT NOT NULL,
                begun_at REAL NOT NULL,
                status INTEGER,
                text TEXT,
                PRIMARY KEY (caller, route, name)
            ) WITHOUT ROWID
            """)
        let oldest = now.timeIntervalSince1970 - answersAreKept / .seconds(1)
        try database.execute("DELETE FROM keyed_answer WHERE begun_at < ?", [oldest])
    }
}

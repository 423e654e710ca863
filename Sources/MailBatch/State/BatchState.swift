import FoundationEssentials
import Glibc
import MailJSON
import MailModel
import MailSQLite

/// Which rows of a batch were answered and which logins were sent, in a file that outlives the process.
///
/// A login is in the file before it leaves and its answer after that; a row's answer is there before it is shown. So a batch
/// that dies anywhere goes on where it was: an answered row is not asked again, and a login that was sent is not sent again. No secret
/// is in it.
public actor BatchState {
    /// A row that is to be looked at.
    struct Entry: Sendable {
        var tag: [UInt8]
        var number: Int
        var line: Int
        var address: String
        var cells: [String]
    }

    /// What is known of a row.
    enum Knowledge: Sendable {
        /// Nothing.
        case new
        /// It was begun, and a login of it was sent; its end is not known.
        case interrupted
        /// It was answered.
        case answered(RowAnswer)
        /// The same address stands in an earlier row.
        case duplicate(number: Int, line: Int)
    }

    /// What is said to a login.
    enum Claim: Sendable {
        case granted
        case refused
        case answered(LoginFacts)
    }

    /// What the end of reading shows.
    public struct Leftovers: Hashable, Sendable {
        /// Rows whose contents differ from those of the batch before.
        public var changed = 0
        /// Rows of the batch before that are not in the file any more.
        public var gone = 0
    }

    /// How the rows are named.
    nonisolated let tags: RowTag
    private let queue: SQLiteQueue
    private let commit: GroupCommit
    private let session: Int
    private var underWay: [[UInt8]: [CheckedContinuation<Void, Never>]] = [:]
    /// The whole credentials of this process's logins, so that an answer is shared by equal ones only.
    private var digests: [[UInt8]: [UInt8]] = [:]
    private static let digestLimit = 20_000
    private var changed = 0

    /// Opens a file, and makes it when there is none.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isContinued: Whether a batch works with it from now on; else what stands in it is only read.
    /// - Throws: `BatchStateError`.
    public init(path: String, isContinued: Bool = true) throws(BatchStateError) {
        queue = try StateFile.open(path)
        commit = GroupCommit(queue, path: path)
        let opened: (key: [UInt8], session: Int)?
        do {
            opened = try queue.sync { database in
                // Of two statements the second is right even if only the first of them is in the file.
                if isContinued { try database.execute("UPDATE batch SET session = session + 1 WHERE id = 1") }
                return try StateCells.one(database, "SELECT key, session FROM batch WHERE id = 1").map {
                    (try $0.octets("key") ?? [], try $0.count("session"))
                }
            }
        } catch {
            throw StateFile.failure(error, path)
        }
        guard let (key, session) = opened, key.count >= 16 else {
            throw BatchStateError(.notAState, "the state file \(ServerText(path)) has lost its key")
        }
        tags = RowTag(key: key)
        self.session = session
    }

    /// Whether something was done with this file before.
    public nonisolated var isResumed: Bool { session > 1 }

    /// The name of the batch, the same each time that it goes on.
    package nonisolated var batchName: [UInt8] { tags.batch }

    /// Rows without an answer are where they were begun: in this process, or on a queue. Only there they are not begun twice.
    ///
    /// - Parameter isRemote: Whether rows are checked somewhere else now.
    /// - Throws: `BatchStateError` when some were begun at the other place.
    func checkPlace(isRemote: Bool) async throws(BatchStateError) {
        let others = isRemote ? "begun = 1" : "begun > 1"
        let count = try await commit.perform { database in
            try StateCells.one(database, "SELECT count(*) AS rows FROM row WHERE status IS NULL AND \(others)")?
                .count("rows") ?? 0
        }
        guard count > 0 else { return }
        throw BatchStateError(
            .cannotOpen,
            isRemote
                ? "\(count) rows of the state file were begun without a queue: let them be answered without one first"
                : "\(count) rows of the state file are on a queue: go on with it")
    }

    /// The number of a row's try at another place: the same until it is answered, and another one when it is tried anew.
    func round(of tag: [UInt8]) async throws(BatchStateError) -> Int {
        let session = session
        return try await commit.perform { database in
            // 1 is a login that was sent from here.
            try database.execute("UPDATE row SET begun = ? WHERE tag = ? AND begun = 0", [session + 1, tag])
            return try StateCells.one(database, "SELECT begun FROM row WHERE tag = ?", [tag])?.count("begun") ?? 0
        }
    }

    // MARK: - Rows

    /// Takes rows in as they are read.
    ///
    /// - Parameters:
    ///   - entries: The rows.
    ///   - retry: Which answered rows are forgotten and tried again.
    /// - Returns: What is known of each.
    /// - Throws: `BatchStateError`.
    func enter(_ entries: [Entry], retry: RetryChoice) async throws(BatchStateError) -> [Knowledge] {
        let session = session
        let (known, changed) = try await commit.perform { database in
            var changed = 0
            let known = try entries.map { try RowTable.enter($0, session, retry, database, &changed) }
            return (known, changed)
        }
        self.changed += changed
        return known
    }

    /// Writes a row's answer down.
    func answer(_ tag: [UInt8], _ answer: RowAnswer) async throws(BatchStateError) {
        try await commit.perform { try RowTable.answer(tag, answer, $0) }
    }

    /// All rows were read: what the file does not hold any more is forgotten.
    func finishReading() async throws(BatchStateError) -> Leftovers {
        let session = session
        let gone = try await commit.perform { database in
            try database.execute(
                "DELETE FROM login WHERE tag IN (SELECT tag FROM row WHERE session < ?)", [session])
            try database.execute("DELETE FROM row WHERE session < ?", [session])
            return database.changedRows
        }
        return Leftovers(changed: changed, gone: gone)
    }

    /// The answers in the order of the file, in parts.
    ///
    /// - Parameters:
    ///   - number: Only rows behind that one.
    ///   - most: How many at most.
    /// - Returns: The answers, each with the values of its row; an unanswered row has none.
    /// - Throws: `BatchStateError`.
    func rows(
        after number: Int, most: Int
    ) async throws(BatchStateError) -> [(number: Int, cells: [String], answer: RowAnswer?)] {
        let session = session
        return try await commit.perform { try RowTable.rows(after: number, most: most, session, $0) }
    }

    /// The answers in the order of the file, in parts. What is not answered yet is left out.
    ///
    /// - Parameters:
    ///   - number: Only rows behind that one.
    ///   - most: How many rows are looked at.
    /// - Returns: The answers, and the last row that was looked at; nil when there is none behind that one.
    /// - Throws: `BatchStateError`.
    public func answers(
        after number: Int, most: Int
    ) async throws(BatchStateError) -> (answers: [RowAnswer], last: Int?) {
        let rows = try await rows(after: number, most: most)
        return (rows.compactMap(\.answer), rows.last?.number)
    }

    /// How many rows came to what.
    public func summaryGroups() async throws(BatchStateError) -> [RowGroup] {
        let session = session
        return try await commit.perform { try RowTable.groups(session, $0) }
    }

    // MARK: - Logins

    /// Asks for the one login. It is in the file when it is granted.
    ///
    /// - Parameters:
    ///   - hash: The login's name.
    ///   - digest: The whole credential, as far as it is told from others.
    ///   - tag: The row's name.
    ///   - trustsEarlier: Whether what a server said to an earlier process counts as said to this one.
    /// - Returns: Whether it may be sent.
    /// - Throws: `BatchStateError`; then it may not.
    func claim(
        _ hash: [UInt8], _ digest: [UInt8], for tag: [UInt8], trustsEarlier: Bool
    ) async throws(BatchStateError) -> Claim {
        while underWay[hash] != nil {
            await withCheckedContinuation { underWay[hash, default: []].append($0) }
        }
        underWay[hash] = []
        let session = session
        let isSame = digests[hash] == digest
        let claim: Claim
        do {
            claim = try await commit.perform { database in
                try RowTable.claim(
                    hash, for: tag, session, RowTable.Trust(ofSession: isSame, ofRow: trustsEarlier), database)
            }
        } catch {
            wake(hash)
            throw error
        }
        if case .granted = claim {
            if digests.count >= Self.digestLimit { digests = [:] }
            digests[hash] = digest
            return claim
        }
        wake(hash)
        return claim
    }

    /// The login that was granted has ended.
    func ended(_ hash: [UInt8], _ facts: LoginFacts?) async throws(BatchStateError) {
        defer { wake(hash) }
        guard let facts else { return }
        let text = LoginFacts.json.write(facts).rendered(.compact)
        try await commit.perform {
            try $0.execute("UPDATE login SET facts = ? WHERE hash = ?", [text, hash])
        }
    }

    private func wake(_ hash: [UInt8]) {
        for waiter in underWay.removeValue(forKey: hash) ?? [] { waiter.resume() }
    }
}

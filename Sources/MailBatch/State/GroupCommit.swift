import MailNetwork
import MailSQLite
import Synchronization

/// Many small changes to one database as few transactions: what comes while one is being committed goes into the next.
///
/// Whoever waits goes on when the change is in the file. SQLite's own thread does the work, so nothing else is held up.
final class GroupCommit: Sendable {
    private typealias Change =
        @Sendable (Result<SQLiteConnection, BatchStateError>) -> (@Sendable (BatchStateError?) -> Void)

    private struct State {
        var waiting: [Change] = []
        var isRunning = false
    }

    private let queue: SQLiteQueue
    private let path: String
    private let state = Mutex(State())

    init(_ queue: SQLiteQueue, path: String) {
        self.queue = queue
        self.path = path
    }

    /// Makes a change, and waits until it is in the file.
    ///
    /// - Parameter body: The change. It must not depend on others of the same moment being in the file.
    /// - Returns: What the body returns.
    /// - Throws: `BatchStateError`; then nothing of the change is in the file.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws(BatchStateError) -> Value {
        let path = path
        let result: Result<Value, BatchStateError> = await withCheckedContinuation { continuation in
            let change: Change = { database in
                let result = database.flatMap { database in
                    do { return .success(try body(database)) } catch { return .failure(StateFile.failure(error, path)) }
                }
                return { failure in continuation.resume(returning: failure.map { .failure($0) } ?? result) }
            }
            let mustStart = state.withLock { state in
                state.waiting.append(change)
                defer { state.isRunning = true }
                return !state.isRunning
            }
            if mustStart { start() }
        }
        return try result.get()
    }

    private func start() {
        queue.async { [self] database in
            let changes = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            var endings: [@Sendable (BatchStateError?) -> Void] = []
            var failure: BatchStateError?
            do {
                try database.transaction {
                    endings = changes.map { $0(.success(database)) }
                    return .commit
                }
            } catch {
                failure = StateFile.failure(error, path)
            }
            if endings.isEmpty, let failure { endings = changes.map { $0(.failure(failure)) } }
            for ending in endings { ending(failure) }
            let hasMore = state.withLock { state in
                state.isRunning = !state.waiting.isEmpty
                return state.isRunning
            }
            if hasMore { start() }
        }
    }
}

internal import MailNetwork
import MailSQLite
import Synchronization

/// One transaction of the journal, on the disk when it is over.
///
/// It runs on the database's own queue, and whatever becomes of the task: an answer that came must be written down even
/// when nobody waits for it any more. Only who waits has a limit: what has not begun to be committed by then never is.
enum JournalTurn {
    private enum State {
        case waiting
        case committing
        case givenUp
    }

    /// Does something in a transaction.
    ///
    /// - Parameters:
    ///   - queue: The database.
    ///   - patience: How long to wait until it begins to be committed.
    ///   - body: What is done. It may run and be taken back.
    /// - Returns: What the body returns.
    /// - Throws: `JournalError`; nothing of it is in the journal then.
    static func take<Result: Sendable>(
        _ queue: SQLiteQueue, _ patience: Duration, _ body: @escaping @Sendable (SQLiteConnection) throws -> Result
    ) async throws(JournalError) -> Result {
        let turn = Turn<Result>()
        let ended = await withCheckedContinuation { continuation in
            turn.begin(continuation)
            let timer = Task {
                try await Task.sleep(for: patience)
                turn.giveUp()
            }
            queue.async { database in
                turn.end(Self.transaction(database, turn, body))
                timer.cancel()
            }
        }
        return try ended.get()
    }

    private static func transaction<Result>(
        _ database: SQLiteConnection, _ turn: Turn<Result>, _ body: (SQLiteConnection) throws -> Result
    ) -> Swift.Result<Result, JournalError> {
        do {
            var result: Result?
            try database.transaction {
                result = try body(database)
                return turn.mayCommit() ? .commit : .rollback
            }
            guard let result else { return .failure(JournalError(.failed, "the journal gave no answer")) }
            return .success(result)
        } catch {
            return .failure(JournalDatabase.failure(error))
        }
    }

    /// Who waits, and whether it still does.
    private final class Turn<Result: Sendable>: Sendable {
        private struct Place {
            var state = State.waiting
            var continuation: CheckedContinuation<Swift.Result<Result, JournalError>, Never>?
        }

        private let place = Mutex(Place())

        func begin(_ continuation: CheckedContinuation<Swift.Result<Result, JournalError>, Never>) {
            place.withLock { $0.continuation = continuation }
        }

        func mayCommit() -> Bool {
            place.withLock { place in
                guard place.state == .waiting else { return false }
                place.state = .committing
                return true
            }
        }

        func giveUp() {
            let waiting = place.withLock { place in
                guard place.state == .waiting else {
                    return nil as CheckedContinuation<Swift.Result<Result, JournalError>, Never>?
                }
                place.state = .givenUp
                defer { place.continuation = nil }
                return place.continuation
            }
            waiting?.resume(returning: .failure(JournalError(.busy, "the journal is held by another process")))
        }

        func end(_ result: Swift.Result<Result, JournalError>) {
            let waiting = place.withLock { place in
                defer { place.continuation = nil }
                return place.continuation
            }
            waiting?.resume(returning: result)
        }
    }
}

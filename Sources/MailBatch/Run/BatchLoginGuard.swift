package import MailConnect
import MailModel
import Synchronization

/// Who remembers the logins of one row.
package protocol RowLogins: LoginGuard {
    /// Whether a login of this row left.
    var hasSent: Bool { get }
    /// Why logins cannot be remembered; then none left.
    var failure: (any Error)? { get }
}

/// The guard of one row: each login is in the state file before it leaves, and none leaves twice.
final class BatchLoginGuard: RowLogins {
    private let state: BatchState
    private let tag: [UInt8]
    private let trustsEarlier: Bool
    private let noted = Mutex(Noted())

    private struct Noted {
        var hashes: [LoginAttempt: [UInt8]] = [:]
        var hasSent = false
        var failure: BatchStateError?
    }

    /// A guard of a row.
    ///
    /// - Parameters:
    ///   - state: Who remembers.
    ///   - tag: The row's name there.
    ///   - trustsEarlier: Whether a login that an earlier process proved counts. Nothing is registered by such a proof.
    init(state: BatchState, tag: [UInt8], trustsEarlier: Bool) {
        self.state = state
        self.tag = tag
        self.trustsEarlier = trustsEarlier
    }

    /// Whether a login of this row left.
    var hasSent: Bool { noted.withLock { $0.hasSent } }
    /// Why the file could not be written; then no login left.
    var failure: (any Error)? { noted.withLock { $0.failure } }

    func permission(for attempt: LoginAttempt) async -> LoginPermission {
        let parts = RowTag.LoginAttemptParts(
            service: attempt.endpoint.service.rawValue, host: attempt.endpoint.host, username: attempt.username,
            credential: attempt.credential.secret.revealed)
        let hash = state.tags.hash(of: parts)
        do throws(BatchStateError) {
            switch try await state.claim(
                hash, state.tags.digest(of: parts), for: tag, trustsEarlier: trustsEarlier)
            {
            case .granted:
                noted.withLock {
                    $0.hashes[attempt] = hash
                    $0.hasSent = true
                }
                return .granted
            case .refused: return .refused(.triedBefore)
            case .answered(let facts): return .answered(facts)
            }
        } catch {
            noted.withLock { $0.failure = error }
            return .refused(.triedBefore)
        }
    }

    func ended(_ attempt: LoginAttempt, _ facts: LoginFacts?) async {
        guard let hash = noted.withLock({ $0.hashes[attempt] }) else { return }
        do throws(BatchStateError) {
            try await state.ended(hash, facts)
        } catch {
            noted.withLock { $0.failure = error }
        }
    }
}

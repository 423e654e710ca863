internal import Synchronization

/// Logins that one process begins at servers, whoever begins them: batches that work beside each other, and runs of single accounts,
/// count in each other's pace.
public final class LoginTally: Sendable {
    /// Who begins logins and does not want to count its own twice.
    struct Member: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Entry {
        var key: ServerKey
        var time: ContinuousClock.Instant
        var member: Int?
    }

    private struct State {
        var members = 0
        /// How many entries were forgotten.
        var forgotten = 0
        var entries: [Entry] = []
    }

    /// What is older counts in no pace: that is told by the minute.
    private static let kept = Duration.seconds(60)
    private static let most = 100_000

    private let state = Mutex(State())

    /// Nobody has begun anything.
    public init() {}

    /// A login of a single account began.
    ///
    /// - Parameter key: Where.
    public func count(at key: ServerKey) { note(key, nil) }

    /// Somebody who counts by itself.
    func join() -> Member {
        state.withLock { state in
            state.members += 1
            return Member(number: state.members)
        }
    }

    /// A member's login began.
    func count(at key: ServerKey, by member: Member) { note(key, member.number) }

    /// What others began.
    ///
    /// - Parameters:
    ///   - member: Who asks.
    ///   - place: Up to where it knows; it is moved on.
    /// - Returns: Where, and when.
    func others(
        than member: Member, from place: inout Int
    ) -> [(key: ServerKey, time: ContinuousClock.Instant)] {
        state.withLock { state in
            let first = max(0, place - state.forgotten)
            place = state.forgotten + state.entries.count
            return state.entries.dropFirst(first).filter { $0.member != member.number }.map { ($0.key, $0.time) }
        }
    }

    private func note(_ key: ServerKey, _ member: Int?) {
        state.withLock { state in
            state.entries.append(Entry(key: key, time: .now, member: member))
            let oldest = ContinuousClock.now - Self.kept
            let old = state.entries.prefix { $0.time < oldest }.count
            let excess = max(old, state.entries.count - Self.most)
            // In parts: it is an array.
            guard excess > 1_000 || excess * 2 > state.entries.count else { return }
            state.entries.removeFirst(excess)
            state.forgotten += excess
        }
    }
}

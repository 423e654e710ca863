internal import FoundationEssentials
import Glibc
internal import Synchronization

/// How many connections a process may have open, and how many of them to one server; whoever wants one more waits.
///
/// TCP and HTTPS share it. Runs take turns, so a run that wants ten delays another by one; the wait is told to the run's
/// clock and counts against nothing. A connection to a host that has its number waits for one of that host and holds up
/// nobody else.
public final class ConnectionBudget: Sendable {
    /// How many connections a server gets, when nothing else is said: fewer than the 50 that Postfix lets one client have
    /// (`smtpd_client_connection_count_limit`, https://www.postfix.org/postconf.5.html).
    public static let standardPerHost = 40
    /// How many descriptors are left for everything that is no connection: files, pipes, look-ups, listeners.
    public static let reservedDescriptors = 100

    /// What was given so far, and what is wanted now.
    public struct Counters: Hashable, Sendable {
        /// Places in use now.
        public var open = 0
        /// Those who wait for one now.
        public var waiting = 0
        /// Places given in all.
        public var given = 0
        /// The most that were in use at once.
        public var mostOpen = 0

        /// Nothing was given yet.
        public init() {}
    }

    private let connections: Int
    private let perHost: Int
    private let state = Mutex(State())

    private struct Waiter {
        var id: UInt64
        var host: String
        var lane: ObjectIdentifier?
    }

    private struct State {
        var counters = Counters()
        var hosts: [String: Int] = [:]
        /// Whose turn it is, and those who wait for their host and for nothing else.
        var queue = FairQueue<Waiter>()
        var parked: [String: FairQueue<Waiter>] = [:]
        /// Those who wait; one who is gone is missing here and is passed over in the queues.
        var continuations: [UInt64: CheckedContinuation<Bool, Never>] = [:]
        var lastID: UInt64 = 0
    }

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - connections: How many connections there may be; at least one.
    ///   - perHost: How many of them to one host; at least one.
    public init(connections: Int, perHost: Int = standardPerHost) {
        self.connections = max(connections, 1)
        self.perHost = max(perHost, 1)
    }

    /// Makes a budget of as many connections as the process may have descriptors, some left for other things.
    ///
    /// - Parameters:
    ///   - descriptors: The limit; that of this moment when it is left out.
    ///   - perHost: How many connections a host gets.
    public convenience init(descriptors: Int = DescriptorLimit.current, perHost: Int = standardPerHost) {
        let left = descriptors - min(Self.reservedDescriptors, descriptors / 2)
        self.init(connections: left, perHost: perHost)
    }

    /// What was given so far, and what is wanted now.
    public var counters: Counters {
        state.withLock { state in
            var counters = state.counters
            counters.waiting = state.continuations.count
            return counters
        }
    }

    /// Waits for a place.
    ///
    /// - Parameters:
    ///   - host: The server that will be connected to: its address and port, or its name where only that is known.
    ///   - deadline: When to give up. Its clock stands still meanwhile.
    /// - Returns: The place, which is given back by `release` or when nobody holds it any more; nil when the task was
    ///   cancelled or the deadline has passed.
    public func place(for host: String, until deadline: RunInstant) async -> ConnectionPlace? {
        guard !Task.isCancelled else { return nil }
        if takeNow(host) { return ConnectionPlace(budget: self, host: host) }
        return await deadline.clock.standingStill {
            await withTaskGroup(of: ConnectionPlace?.self) { group in
                group.addTask { await self.wait(for: host, lane: ObjectIdentifier(deadline.clock)) }
                group.addTask {
                    await deadline.sleep()
                    return nil
                }
                let first = await group.next() ?? nil
                group.cancelAll()
                // A place that comes while the other task ended first must not get lost.
                var place = first
                for await late in group { place = place ?? late }
                return place
            }
        }
    }

    /// Takes a place if there is one and nobody waits for it.
    private func takeNow(_ host: String) -> Bool {
        state.withLock { state in
            guard state.queue.isEmpty, state.counters.open < connections, state.hosts[host, default: 0] < perHost else {
                return false
            }
            Self.give(host, &state)
            return true
        }
    }

    private func wait(for host: String, lane: ObjectIdentifier) async -> ConnectionPlace? {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let isGiven = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    state.continuations[id] = continuation
                    state.queue.append(Waiter(id: id, host: host, lane: lane), lane: lane)
                    return serve(&state)
                }
                for next in ready { next.resume(returning: true) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { leave(id) }
            }
        } onCancel: {
            leave(id)
        }
        return isGiven ? ConnectionPlace(budget: self, host: host) : nil
    }

    private func leave(_ id: UInt64) {
        state.withLock { $0.continuations.removeValue(forKey: id) }?.resume(returning: false)
    }

    fileprivate func takeBack(_ host: String) {
        let ready = state.withLock { state in
            state.counters.open -= 1
            let left = state.hosts[host, default: 1] - 1
            state.hosts[host] = left > 0 ? left : nil
            unpark(host, &state)
            return serve(&state)
        }
        for next in ready { next.resume(returning: true) }
    }

    /// Puts the first who still waits for a host into the common queue.
    private func unpark(_ host: String, _ state: inout State) {
        while let next = state.parked[host]?.pop() {
            if state.parked[host]?.isEmpty == true { state.parked[host] = nil }
            guard state.continuations[next.id] != nil else { continue }
            state.queue.append(next, lane: next.lane)
            return
        }
    }

    /// Gives as many places as there are.
    private func serve(_ state: inout State) -> [CheckedContinuation<Bool, Never>] {
        var ready: [CheckedContinuation<Bool, Never>] = []
        while state.counters.open < connections, let next = state.queue.pop() {
            guard state.continuations[next.id] != nil else { continue }
            guard state.hosts[next.host, default: 0] < perHost else {
                state.parked[next.host, default: FairQueue()].append(next, lane: next.lane)
                continue
            }
            guard let continuation = state.continuations.removeValue(forKey: next.id) else { continue }
            Self.give(next.host, &state)
            ready.append(continuation)
        }
        return ready
    }

    private static func give(_ host: String, _ state: inout State) {
        state.hosts[host, default: 0] += 1
        state.counters.open += 1
        state.counters.given += 1
        state.counters.mostOpen = max(state.counters.mostOpen, state.counters.open)
    }
}

/// The right to have one connection open.
public final class ConnectionPlace: Sendable {
    private let budget: ConnectionBudget
    private let host: String
    private let isReleased = Atomic(false)

    fileprivate init(budget: ConnectionBudget, host: String) {
        self.budget = budget
        self.host = host
    }

    /// Gives the place back, once the socket is closed; a second time does nothing.
    public func release() {
        guard !isReleased.exchange(true, ordering: .acquiringAndReleasing) else { return }
        budget.takeBack(host)
    }

    deinit { release() }
}

/// How many files, sockets among them, this process may have open.
public enum DescriptorLimit {
    /// More than this is never asked for: some systems allow a billion.
    private static let most: rlim_t = 1_048_576

    /// The limit in force now.
    public static var current: Int {
        var limits = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0 else { return 256 }
        return Int(clamping: min(limits.rlim_cur, most))
    }

    /// Raises the limit to the highest that the system allows. A program that does many runs at once calls it first of
    /// all: a thousand runs have two thousand sockets, and 1,024 are usual.
    ///
    /// - Returns: The limit in force then.
    @discardableResult
    public static func raise() -> Int {
        var limits = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limits) == 0, limits.rlim_cur < min(limits.rlim_max, most) else { return current }
        limits.rlim_cur = min(limits.rlim_max, most)
        _ = setrlimit(resource, &limits)
        return current
    }
}

/// Errors of the system that mean: this machine or process has none left now, and later it may.
enum SystemLimit {
    /// What is said of it.
    static let reason = "this machine has no socket left"

    /// Whether an `errno` is one of them.
    static func isReached(_ code: Int32) -> Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN].contains(code) }
}

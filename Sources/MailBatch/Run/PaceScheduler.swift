/// Decides which account is next: by turns over the servers, and never more at a server than it takes.
///
/// It is a value that knows no clock and no network: times are handed in as they count since some begin. So a simulation
/// runs through the same decisions as a batch.
public struct PaceScheduler<Job> {
    /// What may be done now.
    public enum Next {
        /// This account may begin.
        case start(Job)
        /// Nothing before that time, unless something ends or is added.
        case wait(until: Duration)
        /// Nothing until something ends or is added.
        case idle
    }

    /// How a server stands.
    public struct ServerState: Sendable {
        /// Accounts that are being checked there.
        public var inFlight = 0
        /// How many may be, at this moment.
        public var allowed: Int { allowance.count }
        fileprivate var allowance: Allowance
        /// Until when it is left alone.
        public var pausedUntil: Duration?
        /// Complaints since the last success.
        public var complaints = 0
        /// Whether the rest of its accounts is left.
        public var isStopped = false
        fileprivate var manners: Manners
        /// When the latest logins began; as many as count.
        fileprivate var begun: [Duration] = []
        /// Groups that wait for a place here.
        fileprivate var waiting: [[ServerKey]] = []
        /// Accounts that wait and will come here.
        fileprivate var ahead = 0
    }

    private struct Group {
        /// Where a group of accounts with the same servers stands.
        enum Place {
            case nowhere
            /// Among those whose turn it is.
            case queued
            /// It waits for a server or for a time.
            case parked
        }

        var jobs: [Job] = []
        var head = 0
        var place = Place.nowhere

        var isEmpty: Bool { head >= jobs.count }

        mutating func next() -> Job? {
            guard head < jobs.count else { return nil }
            defer {
                head += 1
                if head > 64, head * 2 > jobs.count {
                    jobs.removeFirst(head)
                    head = 0
                }
            }
            return jobs[head]
        }
    }

    private var groups: [[ServerKey]: Group] = [:]
    /// Logins of others at servers, within the last minute.
    private var foreign: [ServerKey: [Duration]] = [:]
    private var servers: [ServerKey: ServerState] = [:]
    /// Groups whose turn it is, in order.
    private var turns: [[ServerKey]] = []
    private var firstTurn = 0
    /// Groups that wait for a time.
    private var timed: [(until: Duration, keys: [ServerKey])] = []
    /// Accounts that wait.
    public private(set) var waiting = 0

    /// Nothing waits.
    public init() {}

    /// How the servers stand that anything is known of.
    public var states: [ServerKey: ServerState] { servers }

    /// An account waits for its turn.
    ///
    /// - Parameters:
    ///   - job: The account.
    ///   - keys: The servers that it is checked at; none for one that needs none.
    ///   - manners: What each of them takes; the strictest word counts.
    public mutating func add(_ job: Job, at keys: [ServerKey], _ manners: [Manners]) {
        for (key, manners) in zip(keys, manners) {
            if servers[key] == nil {
                servers[key] = ServerState(allowance: Allowance(manners.connections), manners: manners)
            }
        }
        groups[keys, default: Group()].jobs.append(job)
        waiting += 1
        for key in keys { servers[key]?.ahead += 1 }
        if groups[keys]?.place == .nowhere { queue(keys) }
    }

    /// Somebody else began a login at a server: it counts in the minute as one of these does, and takes no turn.
    ///
    /// - Parameters:
    ///   - key: The server.
    ///   - time: When.
    ///   - now: The time.
    public mutating func foreign(at key: ServerKey, time: Duration, now: Duration) {
        foreign[key, default: []].removeAll { $0 + .seconds(60) <= now }
        foreign[key, default: []].append(time)
    }

    /// What may be done now.
    ///
    /// - Parameter now: The time.
    /// - Returns: An account that begins, or how long there is nothing to do.
    public mutating func next(now: Duration) -> Next {
        wake(now)
        while firstTurn < turns.count {
            let keys = turns[firstTurn]
            firstTurn += 1
            if firstTurn > 256, firstTurn * 2 > turns.count {
                turns.removeFirst(firstTurn)
                firstTurn = 0
            }
            groups[keys]?.place = .nowhere
            guard groups[keys]?.isEmpty == false else {
                groups[keys] = nil
                continue
            }
            switch obstacle(keys, now) {
            case .place(let key):
                groups[keys]?.place = .parked
                servers[key]?.waiting.append(keys)
            case .time(let until):
                groups[keys]?.place = .parked
                timed.append((until, keys))
            case nil:
                guard let job = groups[keys]?.next() else { continue }
                leave(keys, 1)
                for key in keys { begin(key, now) }
                if groups[keys]?.isEmpty == true { groups[keys] = nil } else { queue(keys) }
                return .start(job)
            }
        }
        turns = []
        firstTurn = 0
        guard let soonest = timed.map(\.until).min() else { return .idle }
        return .wait(until: soonest)
    }

    /// An account is through.
    ///
    /// - Parameter keys: Its servers.
    public mutating func ended(at keys: [ServerKey]) {
        for key in keys {
            servers[key]?.inFlight -= 1
            release(key)
        }
    }

    /// A server took a login or said no for the account's own sake: it is not too much for it.
    ///
    /// - Parameters:
    ///   - key: The server.
    ///   - now: The time. While the server is left alone, answers are of logins that began before its complaint, and say nothing.
    public mutating func answered(by key: ServerKey, now: Duration) {
        guard var server = servers[key], (server.pausedUntil ?? .zero) <= now else { return }
        server.complaints = 0
        server.allowance.succeed(most: server.manners.connections)
        servers[key] = server
        release(key)
    }

    /// A server said that it is too much: it is left alone for a while, and gets one at a time at first. Nobody else is held up.
    ///
    /// - Parameters:
    ///   - key: The server.
    ///   - pause: How long it asked for; nil when it did not say.
    ///   - now: The time.
    /// - Returns: Whether the rest of its accounts is left from now on.
    @discardableResult
    public mutating func complaint(of key: ServerKey, pause: Duration?, now: Duration) -> Bool {
        guard var server = servers[key] else { return false }
        // What was under way when it began to complain complains with it: that is one complaint.
        let isNew = (server.pausedUntil ?? .zero) <= now
        if isNew { server.complaints += 1 }
        // Each complaint in a row doubles the rest.
        let rest = server.manners.pause * (1 << max(0, min(server.complaints, 12) - 1))
        let length = min(max(rest, pause ?? .zero), Manners.longestPause)
        server.pausedUntil = max(server.pausedUntil ?? .zero, now + length)
        if isNew { server.allowance.complain(underWay: server.inFlight) }
        server.isStopped = server.isStopped || server.complaints >= Manners.patience
        servers[key] = server
        if server.isStopped { release(key) }
        return server.isStopped
    }

    /// Takes all accounts out that wait for a server that is left.
    ///
    /// - Returns: The accounts.
    public mutating func takeStopped() -> [Job] {
        guard servers.contains(where: { $0.value.isStopped }) else { return [] }
        var result: [Job] = []
        for (keys, group) in groups where keys.contains(where: { servers[$0]?.isStopped == true }) {
            result += group.jobs[group.head...]
            leave(keys, group.jobs.count - group.head)
            groups[keys] = nil
        }
        return result
    }

    /// Takes all accounts out that wait.
    public mutating func takeAll() -> [Job] {
        let all = groups.values.flatMap { $0.jobs[$0.head...] }
        for (keys, group) in groups { leave(keys, group.jobs.count - group.head) }
        groups = [:]
        timed = []
        (turns, firstTurn, waiting) = ([], 0, 0)
        return all
    }

    // MARK: - Turns

    private enum Obstacle {
        case place(ServerKey)
        case time(Duration)
    }

    private mutating func queue(_ keys: [ServerKey]) {
        guard let group = groups[keys], group.place != .queued else { return }
        groups[keys]?.place = .queued
        turns.append(keys)
    }

    private mutating func leave(_ keys: [ServerKey], _ count: Int) {
        waiting -= count
        for key in keys { servers[key]?.ahead -= count }
    }

    private mutating func wake(_ now: Duration) {
        guard timed.contains(where: { $0.until <= now }) else { return }
        let due = timed.filter { $0.until <= now }
        timed.removeAll { $0.until <= now }
        for entry in due { queue(entry.keys) }
    }

    private func obstacle(_ keys: [ServerKey], _ now: Duration) -> Obstacle? {
        var latest: Duration?
        for key in keys {
            guard let server = servers[key] else { continue }
            if let until = server.pausedUntil, until > now { latest = max(latest ?? until, until) }
            if let most = server.manners.loginsPerMinute {
                let begun = foreign[key].map { ($0 + server.begun).sorted() } ?? server.begun
                guard begun.count >= most else { continue }
                let free = begun[begun.count - most] + .seconds(60)
                if free > now { latest = max(latest ?? free, free) }
            }
        }
        if let latest { return .time(latest) }
        return keys.first { key in servers[key].map { $0.inFlight >= $0.allowed } ?? false }.map(Obstacle.place)
    }

    private mutating func begin(_ key: ServerKey, _ now: Duration) {
        servers[key]?.inFlight += 1
        guard let most = servers[key]?.manners.loginsPerMinute else { return }
        servers[key]?.begun.append(now)
        if let count = servers[key]?.begun.count, count > most { servers[key]?.begun.removeFirst(count - most) }
    }

    private mutating func release(_ key: ServerKey) {
        guard let server = servers[key] else { return }
        if !server.waiting.isEmpty {
            servers[key]?.waiting = []
            for keys in server.waiting { queue(keys) }
            return
        }
        // Of a server that nothing is known of nothing is kept: there may be one for each account.
        let isPlain = server.pausedUntil == nil && server.begun.isEmpty && !server.isStopped
        if isPlain, server.inFlight == 0, server.ahead == 0 { servers[key] = nil }
    }
}

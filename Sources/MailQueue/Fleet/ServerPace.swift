internal import MailBatch
internal import MailJSON

/// How one server stands with the whole fleet: a value that each worker changes in turn. Times are milliseconds since 1970.
///
/// A login counts from its beginning until a minute after its end, so that no minute at the server holds more than it takes, however
/// long its answers are under way. What a dead worker had under way counts until its lease is over.
struct ServerPace: Hashable, Sendable {
    /// What a worker has under way.
    struct Holder: Hashable, Sendable {
        var count: Int
        var until: Int
    }

    var holders: [String: Holder] = [:]
    /// When logins of the last minute ended.
    var ended: [Int] = []
    /// How many may be under way; nil for as many as the manners say.
    var allowance: Allowance?
    var pausedUntil = 0
    /// Complaints in a row.
    var complaints = 0

    /// What is said to an account that wants to begin.
    enum Answer: Hashable, Sendable {
        case granted
        /// Something must end first.
        case full
        /// Nothing before that time.
        case wait(until: Int)
        /// The server said too often that it is too much: the account is left.
        case stopped
    }

    /// How long a worker's word holds that it has something under way.
    static let lease = 60_000
    static let minute = 60_000
    /// So many workers are at one server at once: an entry with many more could not be read again.
    static let mostWorkers = 1_000

    /// Takes out what is over.
    mutating func prune(_ now: Int, _ manners: Manners) {
        for (worker, holder) in holders where holder.until <= now || holder.count <= 0 {
            // It may have logged in until it died.
            if let most = manners.loginsPerMinute, holder.count > 0, holder.until > now - Self.minute {
                ended += Array(repeating: holder.until, count: min(holder.count, most))
            }
            holders[worker] = nil
        }
        ended.removeAll { $0 <= now - Self.minute }
        // The latest ones say when there is room again. An entry must stay one that the queue takes, whatever stood in it.
        if let most = manners.loginsPerMinute, ended.count > most { ended = ended.sorted().suffix(most) }
    }

    /// One more of a worker.
    mutating func begin(_ worker: String, _ now: Int, _ manners: Manners) -> Answer {
        prune(now, manners)
        if pausedUntil > now { return complaints >= Manners.patience ? .stopped : .wait(until: pausedUntil) }
        let busy = holders.values.reduce(0) { $0 + $1.count }
        if let most = manners.loginsPerMinute, busy + ended.count >= most {
            // Those that are under way free their places a minute after they end.
            guard let first = ended.min() else { return .full }
            return .wait(until: first + Self.minute)
        }
        guard busy < min(allowance?.count ?? manners.connections, manners.connections),
            holders[worker] != nil || holders.count < Self.mostWorkers
        else { return .full }
        holders[worker] = Holder(count: (holders[worker]?.count ?? 0) + 1, until: now + Self.lease)
        return .granted
    }

    /// One less of a worker.
    ///
    /// - Parameters:
    ///   - worker: Whose.
    ///   - now: The time.
    ///   - manners: What the server takes.
    ///   - hasBegun: Whether a login may have left.
    mutating func end(_ worker: String, _ now: Int, _ manners: Manners, hasBegun: Bool) {
        let count = max(0, (holders[worker]?.count ?? 0) - 1)
        holders[worker] = count == 0 ? nil : Holder(count: count, until: now + Self.lease)
        if hasBegun, manners.loginsPerMinute != nil { ended.append(now) }
    }

    /// The server took a login, or said no for the account's own sake.
    ///
    /// - Parameters:
    ///   - manners: What it takes.
    ///   - now: The time. While it is left alone, answers are of logins that began before its complaint, and say nothing.
    mutating func answered(_ manners: Manners, _ now: Int) {
        guard pausedUntil <= now else { return }
        complaints = 0
        allowance?.succeed(most: manners.connections)
        if let count = allowance?.count, count >= manners.connections { allowance = nil }
    }

    /// The server said that it is too much. The same as on one machine: `PaceScheduler.complaint`.
    mutating func complaint(asked: Duration?, _ now: Int, _ manners: Manners) {
        let isNew = pausedUntil <= now
        if isNew { complaints = min(complaints, Manners.patience - 1) + 1 }
        let rest = manners.pause * (1 << max(0, min(complaints, 12) - 1))
        let length = min(max(rest, asked ?? .zero), Manners.longestPause)
        pausedUntil = max(pausedUntil, now + Int(length / .milliseconds(1)))
        guard isNew else { return }
        let busy = holders.values.reduce(0) { $0 + $1.count }
        var left = allowance ?? Allowance(manners.connections)
        left.complain(underWay: busy)
        allowance = left
    }
}

extension ServerPace {
    /// In JSON, as it stands in the queue.
    var octets: [UInt8] {
        var object = JSONObject()
        object["holders"] = .object(
            JSONObject(sorting: holders.mapValues { ["n": .integer($0.count), "until": .integer($0.until)] }))
        object["ended"] = .list(ended.map { .integer($0) })
        object["allowed"] = .optional(allowance?.count)
        object["threshold"] = .optional(allowance?.threshold)
        object["credit"] = .optional(allowance?.credit)
        object["paused"] = .integer(pausedUntil)
        object["complaints"] = .integer(complaints)
        return Array(JSONValue.object(object).rendered(.compact).utf8)
    }

    /// Reads it; what is not as it should be counts as nothing. Whoever may write to the queue may have written it, so no figure
    /// goes further than one that a worker could have written.
    init(octets: [UInt8], now: Int = FleetTime.now) {
        guard let value = try? JSONParser.parse(octets, limits: .init(members: 4 * Self.mostWorkers)) else { return }
        if case .object(let found)? = value["holders"] {
            for (worker, holder) in zip(found.keys, found.values) {
                guard let count = holder["n"]?.integer, let until = holder["until"]?.integer, (0..<100_000) ~= count
                else { continue }
                holders[worker] = Holder(count: count, until: min(max(0, until), now + 2 * Self.lease))
            }
        }
        ended = (value["ended"]?.elements ?? []).compactMap(\.integer).filter { (0...(now + Self.minute)) ~= $0 }
        func figure(_ key: String) -> Int? { value[key]?.integer.flatMap { (0...100_000) ~= $0 ? $0 : nil } }
        allowance = figure("allowed").flatMap { count in
            count < 1
                ? nil : Allowance(count: count, threshold: figure("threshold") ?? count, credit: figure("credit") ?? 0)
        }
        let longest = Int(Manners.longestPause / .milliseconds(1))
        pausedUntil = min(max(0, value["paused"]?.integer ?? 0), now + longest)
        complaints = max(0, min(value["complaints"]?.integer ?? 0, Manners.patience))
    }
}

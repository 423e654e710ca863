internal import Synchronization

/// How many runs are in flight, of each client and in all. A run has its place as long as somebody holds it.
final class RunPlaces: Sendable {
    /// A run's place; it is free again when the last holder lets go of it.
    final class Place: Sendable {
        private let leave: @Sendable () -> Void

        init(leave: @escaping @Sendable () -> Void) { self.leave = leave }

        deinit { leave() }
    }

    private struct State {
        var total = 0
        var clients: [String: Int] = [:]
        var isClosed = false
    }

    private let most: Int
    private let mostOfClient: Int
    private let what: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - most: How many there may be in all.
    ///   - mostOfClient: How many one client may have.
    ///   - what: What they are called.
    init(most: Int, mostOfClient: Int, what: String) {
        self.most = most
        self.mostOfClient = mostOfClient
        self.what = what
    }

    /// How many places are taken.
    var taken: Int { state.withLock { $0.total } }

    /// Whether nothing new begins any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Nothing new begins from now on.
    func close() { state.withLock { $0.isClosed = true } }

    /// Looks whether anything may begin.
    ///
    /// - Throws: `Problem` when nothing may.
    func checkRoom() throws(Problem) {
        let (isClosed, isFull) = state.withLock { ($0.isClosed, $0.total >= most) }
        if isClosed { throw .later(.shuttingDown, "the service is about to end", seconds: 30) }
        if isFull { throw .later(.full, "as many \(what) as there may be are in flight", seconds: 5) }
    }

    /// Takes a place.
    ///
    /// - Parameter client: Whose run it is.
    /// - Returns: The place.
    /// - Throws: `Problem` when there is none.
    func place(for client: Client) throws(Problem) -> Place {
        let refusal = state.withLock { state -> Problem? in
            if state.isClosed { return .later(.shuttingDown, "the service is about to end", seconds: 30) }
            if state.total >= most { return .later(.full, "as many \(what) as there may be are in flight", seconds: 5) }
            if state.clients[client.key, default: 0] >= mostOfClient {
                return .later(.tooManyRuns, "this client has \(mostOfClient) \(what) in flight", seconds: 5)
            }
            state.total += 1
            state.clients[client.key, default: 0] += 1
            return nil
        }
        if let refusal { throw refusal }
        return Place { [self] in
            state.withLock { state in
                state.total -= 1
                let left = state.clients[client.key, default: 1] - 1
                state.clients[client.key] = left > 0 ? left : nil
            }
        }
    }
}

/// How fast one client may ask: a bucket that fills up again.
final class RequestBuckets: Sendable {
    private struct Bucket {
        var level: Double
        var seen: ContinuousClock.Instant
    }

    private let burst: Double
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Clients that are remembered; beyond that, those whose bucket is full are forgotten.
    private static let most = 10_000

    init(burst: Int, perSecond: Int) {
        self.burst = Double(max(1, burst))
        self.perSecond = Double(max(1, perSecond))
    }

    /// Takes one request out.
    ///
    /// - Parameters:
    ///   - client: Whose request it is.
    ///   - now: The time.
    /// - Throws: `Problem` when the bucket is empty.
    func take(_ client: Client, now: ContinuousClock.Instant = .now) throws(Problem) {
        let wait = buckets.withLock { buckets -> Double? in
            if buckets.count >= Self.most { buckets = buckets.filter { level($0.value, now) < burst } }
            var bucket = buckets[client.key] ?? Bucket(level: burst, seen: now)
            bucket.level = level(bucket, now)
            bucket.seen = now
            defer { buckets[client.key] = bucket }
            guard bucket.level >= 1 else { return (1 - bucket.level) / perSecond }
            bucket.level -= 1
            return nil
        }
        if let wait {
            throw .later(.tooManyRequests, "this client asks too often", seconds: Int(wait.rounded(.up)))
        }
    }

    private func level(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        min(burst, bucket.level + (now - bucket.seen) / .seconds(1) * perSecond)
    }
}

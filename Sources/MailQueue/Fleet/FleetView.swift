internal import MailJSON

/// What a fleet does at the moment, as its queue tells: for whoever watches.
public struct FleetView: Sendable {
    /// A worker that gave a sign of life.
    public struct Worker: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Rows under way.
        public var inFlight: Int
        /// Rows that it answered.
        public var done: Int
    }

    /// A server with the fleet at it.
    public struct Server: Hashable, Sendable {
        /// `smtp/` or `imap/` and its name.
        public var name: String
        /// Accounts that are there now.
        public var inFlight: Int
        /// Seconds for which it is left alone.
        public var pause: Int
    }

    /// The workers, by name.
    public var workers: [Worker] = []
    /// The servers, busy ones first.
    public var servers: [Server] = []
    /// Rows in the queue.
    public var rows = 0
    /// Answers in the queue.
    public var answers = 0

    /// Looks once.
    ///
    /// - Parameter connection: The queue.
    /// - Throws: `QueueError`.
    public init(of connection: QueueConnection) async throws {
        let queue = JetStream(connection: connection)
        do {
            rows = try await Self.count(queue, QueueStreams.rows)
            answers = try await Self.count(queue, QueueStreams.results)
            let bucket = KeyValue(queue: queue, bucket: QueueStreams.pace)
            for key in try await bucket.keys() {
                let octets = try await bucket.entry(key).octets
                if let name = key.removing(prefix: "worker."), let value = try? JSONParser.parse(octets) {
                    workers.append(
                        Worker(
                            name: name, inFlight: value["in_flight"]?.integer ?? 0, done: value["done"]?.integer ?? 0))
                } else if let name = key.removing(prefix: "server."), !octets.isEmpty {
                    let pace = ServerPace(octets: octets)
                    servers.append(
                        Server(
                            name: name, inFlight: pace.holders.values.reduce(0) { $0 + $1.count },
                            pause: max(0, (pace.pausedUntil - FleetTime.now) / 1_000)))
                }
            }
        } catch is JetStream.Refusal {
            // Nothing was made yet.
            return
        }
        workers.sort { $0.name < $1.name }
        servers.sort { ($1.inFlight, $0.name) < ($0.inFlight, $1.name) }
    }

    private static func count(_ queue: JetStream, _ stream: String) async throws -> Int {
        try await queue.api("STREAM.INFO.\(stream)", within: .seconds(5))["state"]?["messages"]?.integer ?? 0
    }
}

extension String {
    fileprivate func removing(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}

extension KeyValue {
    /// The keys that something stands under.
    func keys() async throws -> [String] {
        let answer = try await queue.api(
            "STREAM.INFO.KV_\(bucket)", ["subjects_filter": .text("$KV.\(bucket).>")], within: .seconds(5))
        guard case .object(let subjects)? = answer["state"]?["subjects"] else { return [] }
        let count = "$KV.\(bucket).".count
        return subjects.keys.map { String($0.dropFirst(count)) }
    }
}

internal import MailJSON

/// The streams of a fleet, their names and their limits.
struct QueueStreams: Sendable {
    /// Rows that wait, or are being worked on; each goes when it is acknowledged.
    static let rows = "MAILCONNECT_ROWS"
    /// Answers that no batch has taken yet.
    static let results = "MAILCONNECT_RESULTS"
    /// Which rows and logins were begun.
    static let guards = "mailconnect-guard"
    /// How servers stand and which workers live; forgotten when nothing is heard of them.
    static let pace = "mailconnect-pace"
    /// What the fleet shares for good: its secret, the registrations' window.
    static let fleet = "mailconnect-fleet"
    /// Which accounts were sent to the registration API; kept for good.
    static let registered = "mailconnect-registered"

    /// How long rows and answers wait for somebody.
    static let validity = Duration.seconds(7 * 86_400)
    /// How long it is known that a login was sent: longer than any row that could ask for it is taken.
    private static let memory = Duration.seconds(14 * 86_400)
    /// When a row comes again whose worker gives no sign of life.
    static let acknowledgeWait = Duration.seconds(30)

    /// Error codes of the API (https://github.com/nats-io/nats-server/blob/main/server/errors.json).
    private enum Code {
        static let noReplicas = 10_074
        static let noPlace = 10_005
        static let insufficientResources = 10_023
        static let otherConfiguration = 10_058
    }

    let queue: JetStream
    /// Copies of each stream in a cluster; nil for as many as it has servers, at most 3.
    let replicas: Int?

    /// Makes what is not there.
    ///
    /// - Throws: `QueueError`.
    func prepare() async throws {
        try await queue.check()
        try await make(
            Self.rows,
            [
                "subjects": ["mailconnect.rows.>"], "retention": "workqueue",
                "max_age": Self.nanoseconds(Self.validity),
                "max_msgs": 1_000_000, "max_bytes": -1, "discard": "new",
                "duplicate_window": Self.nanoseconds(.seconds(600)),
            ])
        try await make(
            Self.results,
            [
                "subjects": ["mailconnect.results.>"], "retention": "workqueue",
                "max_age": Self.nanoseconds(Self.validity), "max_msgs": -1, "max_bytes": -1, "discard": "new",
                "duplicate_window": Self.nanoseconds(.seconds(600)),
            ])
        let buckets = [
            (Self.guards, Self.memory), (Self.pace, Duration.seconds(2 * 3_600)), (Self.fleet, nil),
            (Self.registered, nil),
        ]
        for (bucket, age) in buckets {
            try await make(
                "KV_\(bucket)",
                [
                    "subjects": .texts(["$KV.\(bucket).>"]), "retention": "limits",
                    "max_age": .integer(age.map { Self.count($0) } ?? 0), "max_msgs": -1, "max_bytes": -1,
                    "max_msgs_per_subject": 1, "discard": "new", "allow_rollup_hdrs": true, "deny_delete": true,
                    "duplicate_window": Self.nanoseconds(.seconds(120)),
                ])
        }
    }

    private func make(_ name: String, _ configuration: JSONObject) async throws {
        var configuration = configuration
        configuration["name"] = .text(name)
        configuration["storage"] = "file"
        configuration["max_consumers"] = -1
        configuration["max_msg_size"] = -1
        for copies in replicas.map({ [$0] }) ?? [3, 2, 1] {
            configuration["num_replicas"] = .integer(copies)
            do {
                _ = try await queue.api("STREAM.CREATE.\(name)", .object(configuration), within: .seconds(20))
                return
            } catch let error as JetStream.Refusal {
                if error.code == Code.otherConfiguration { return }
                let isTooMany = [Code.noReplicas, Code.noPlace, Code.insufficientResources].contains(error.code)
                guard isTooMany, copies > 1, replicas == nil else {
                    throw QueueError(.notAllowed, "the queue does not make the stream \(name): \(error.words)")
                }
            }
        }
    }

    /// A durable pull consumer of some subjects; one that is there gets what differs.
    func consumer(_ stream: String, _ name: String, filter: String, most: Int) async throws {
        let configuration: JSONValue = [
            "durable_name": .text(name), "filter_subject": .text(filter), "ack_policy": "explicit",
            "deliver_policy": "all", "replay_policy": "instant", "max_deliver": -1,
            "ack_wait": Self.nanoseconds(Self.acknowledgeWait), "max_ack_pending": .integer(most), "max_waiting": 4_096,
        ]
        let request: JSONValue = ["stream_name": .text(stream), "config": configuration]
        do {
            _ = try await queue.api("CONSUMER.DURABLE.CREATE.\(stream).\(name)", request)
        } catch let error as JetStream.Refusal {
            throw QueueError(.failed, "the queue does not make the consumer \(name): \(error.words)")
        }
    }

    static func count(_ duration: Duration) -> Int { Int(clamping: Int64(duration / .milliseconds(1))) * 1_000_000 }

    private static func nanoseconds(_ duration: Duration) -> JSONValue { .integer(count(duration)) }
}

/// A lane of rows: those of one provider, or of one server that many rows are at, or all others.
struct Lane: Hashable, Sendable {
    /// Its consumer's name.
    var name: String
    /// Rows that may be under way in it at once, in the whole fleet.
    var most: Int

    /// The subject of its rows.
    var subject: String { "mailconnect.rows.\(name)" }
}

internal import MailJSON

/// Which message of a row is the one that counts, and which worker has it: written before anything is tried for the row.
///
/// The same octets under another message id come with another number in the stream and find the row claimed.
struct RowClaim: Hashable, Sendable {
    /// The message's number in the stream of rows.
    var sequence: Int
    /// Who has it; empty when it was given back untried.
    var worker: String
    /// How often a server turned it away before its login.
    var tries = 0
    /// Whether its answer is in the queue.
    var isAnswered = false

    var octets: [UInt8] {
        let value: JSONValue = [
            "sequence": .integer(sequence), "worker": .text(worker), "tries": .integer(tries),
            "answered": .bool(isAnswered),
        ]
        return Array(value.rendered(.compact).utf8)
    }

    init(sequence: Int, worker: String, tries: Int = 0) {
        (self.sequence, self.worker, self.tries) = (sequence, worker, tries)
    }

    init?(octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets), let sequence = value["sequence"]?.integer,
            let worker = value["worker"]?.text
        else { return nil }
        self.init(sequence: sequence, worker: worker, tries: max(0, min(value["tries"]?.integer ?? 0, 1_000)))
        isAnswered = value["answered"]?.bool == true
    }
}

/// Who of the fleet is alive: each worker writes it down every few seconds.
struct FleetLiveness: Sendable {
    let bucket: KeyValue

    /// How often a sign of life is given.
    static let beat = Duration.seconds(2)
    /// After so many milliseconds without one a worker counts as dead.
    private static let silence = 25_000

    func beat(_ worker: WorkerIdentity, _ load: WorkerLoad) async throws {
        let value: JSONValue = [
            "at": .integer(FleetTime.now), "in_flight": .integer(load.inFlight), "done": .integer(load.done),
            "host": .text(load.host),
        ]
        try await bucket.put("worker.\(worker.id)", Array(value.rendered(.compact).utf8))
    }

    func isAlive(_ id: String) async throws -> Bool {
        let found = try await bucket.entry("worker.\(id)")
        guard let at = (try? JSONParser.parse(found.octets))?["at"]?.integer else { return false }
        return at > FleetTime.now - Self.silence
    }

    /// A worker that leaves is dead at once.
    func leave(_ worker: WorkerIdentity) async { try? await bucket.put("worker.\(worker.id)", []) }
}

/// What a worker does at the moment.
public struct WorkerLoad: Hashable, Sendable {
    /// Rows that are being checked, or wait for it.
    public var inFlight = 0
    /// Rows that this worker answered.
    public var done = 0
    /// What the machine is called.
    public var host = ""
    /// Whether nothing new is begun.
    public var isStopping = false
}

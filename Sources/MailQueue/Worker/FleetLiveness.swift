internal import MailJSON

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

internal import MailBatch
internal import MailModel

/// The way of one worker to one server: asks the fleet for places, for several accounts at once.
actor ServerGate {
    /// What an account's end says of the server.
    struct End: Sendable {
        var hasBegun: Bool
        var hasAnswered = false
        var complaint: Duration??
    }

    private enum Wish {
        case begin(CheckedContinuation<ServerPace.Answer, any Error>)
        case end(End)
    }

    private let bucket: KeyValue
    private let key: String
    private let worker: String
    private let manners: Manners
    private var wishes: [Wish] = []
    private var known: (pace: ServerPace, revision: Int)?
    private var isBusy = false
    /// Places that this worker has.
    private(set) var held = 0
    /// When somebody last came here.
    private(set) var used = ContinuousClock.now

    init(_ bucket: KeyValue, _ server: ServerKey, _ worker: String, _ manners: Manners) {
        self.bucket = bucket
        key = Self.name(server)
        self.worker = worker
        self.manners = manners
    }

    /// What may stand in a key.
    static func name(_ server: ServerKey) -> String {
        let host = server.host.utf8.map { octet -> String in
            let isPlain =
                (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet) || octet == 0x2E || octet == 0x2D
            return isPlain ? String(UnicodeScalar(octet)) : "=" + QueueText.hexadecimal([octet])
        }.joined()
        return "server.\(server.service.rawValue)/\(host)"
    }

    /// Asks for a place.
    func begin() async throws -> ServerPace.Answer {
        used = .now
        return try await withCheckedThrowingContinuation { continuation in
            wishes.append(.begin(continuation))
            start()
        }
    }

    /// Gives a place back.
    func end(_ end: End) {
        used = .now
        wishes.append(.end(end))
        start()
    }

    /// Says once more that what is held is held.
    func renew() {
        if held > 0 { start() }
    }

    private func start() {
        guard !isBusy else { return }
        isBusy = true
        Task { await work() }
    }

    private func work() async {
        repeat {
            let taken = wishes
            wishes = []
            do {
                try await apply(taken)
            } catch {
                // Who has a place keeps it until the lease is over; who wants one is told.
                for case .begin(let continuation) in taken { continuation.resume(throwing: error) }
                for case .end in taken { held = max(0, held - 1) }
            }
        } while !wishes.isEmpty
        isBusy = false
    }

    /// Changes the entry; again from its latest state when somebody else was first.
    private func apply(_ taken: [Wish]) async throws {
        while true {
            let entry: (pace: ServerPace, revision: Int)
            if let known {
                entry = known
            } else {
                let found = try await bucket.entry(key)
                entry = (ServerPace(octets: found.octets), found.revision)
            }
            var pace = entry.pace
            var count = held
            let answers = decide(taken, &pace, &count)
            guard pace != entry.pace else {
                // What was remembered may be old: a no counts only when it is of now.
                if known != nil, answers.contains(where: { $0 != .granted }) {
                    known = nil
                    continue
                }
                return settle(taken, answers, count)
            }
            if let revision = try await bucket.write(key, pace.octets, after: entry.revision) {
                known = (pace, revision)
                return settle(taken, answers, count)
            }
            known = nil
        }
    }

    private func decide(_ taken: [Wish], _ pace: inout ServerPace, _ count: inout Int) -> [ServerPace.Answer] {
        let now = FleetTime.now
        pace.prune(now, manners)
        // The entry says what this worker holds; its own count is right when they differ.
        let holder = pace.holders[worker]
        if holder?.count ?? 0 != count || (holder?.until ?? 0) < now + ServerPace.lease / 2 {
            pace.holders[worker] = count > 0 ? ServerPace.Holder(count: count, until: now + ServerPace.lease) : nil
        }
        for case .end(let end) in taken {
            if let complaint = end.complaint { pace.complaint(asked: complaint, now, manners) }
            if end.hasAnswered { pace.answered(manners, now) }
            pace.end(worker, now, manners, hasBegun: end.hasBegun)
            count = max(0, count - 1)
        }
        return taken.compactMap { wish in
            guard case .begin = wish else { return nil }
            let answer = pace.begin(worker, now, manners)
            if answer == .granted { count += 1 }
            return answer
        }
    }

    private func settle(_ taken: [Wish], _ answers: [ServerPace.Answer], _ count: Int) {
        held = count
        var rest = answers[...]
        for case .begin(let continuation) in taken { continuation.resume(returning: rest.popFirst() ?? .full) }
    }
}

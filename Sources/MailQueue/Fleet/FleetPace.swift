internal import MailBatch

/// The pace of the fleet as one worker sees it: places at servers, taken and given back.
actor FleetPace {
    private let bucket: KeyValue
    private let worker: String
    private var gates: [ServerKey: ServerGate] = [:]
    /// Accounts that wait at each server.
    private var waiting: [ServerKey: Int] = [:]

    /// Accounts that wait in this process for a place at one server; more are given back to the queue.
    private static let mostWaiting = 8
    /// How long they wait here.
    private static let patience = Duration.seconds(5)
    /// Gates that are kept although nobody is there.
    private static let mostGates = 2_000

    init(_ bucket: KeyValue, worker: String) {
        self.bucket = bucket
        self.worker = worker
    }

    /// What an account gets.
    enum Answer: Sendable {
        case granted
        /// It is given back to the queue for so long.
        case later(Duration)
        /// Its server is given up for now.
        case left(host: String)
    }

    /// Asks for a place at each server, SMTP before IMAP, so that nobody waits for each other.
    func begin(at keys: [ServerKey], _ manners: [Manners]) async throws -> Answer {
        var taken: [ServerKey] = []
        do {
            for (key, manners) in zip(keys, manners) {
                switch try await place(key, manners) {
                case .granted: taken.append(key)
                case let other:
                    await giveUp(taken)
                    return other
                }
            }
        } catch {
            await giveUp(taken)
            throw error
        }
        return .granted
    }

    /// Gives the places back.
    func end(at keys: [ServerKey], _ ends: [ServerKey: ServerGate.End]) async {
        for key in keys { await gates[key]?.end(ends[key] ?? ServerGate.End(hasBegun: true)) }
    }

    /// Says that what is under way is under way, and forgets gates that nobody uses.
    func renew() async {
        for (key, gate) in gates {
            await gate.renew()
            if gates.count > Self.mostGates, await gate.held == 0, await gate.used < .now - .seconds(60) {
                gates[key] = nil
            }
        }
    }

    private func giveUp(_ keys: [ServerKey]) async {
        for key in keys { await gates[key]?.end(ServerGate.End(hasBegun: false)) }
    }

    private func gate(_ key: ServerKey, _ manners: Manners) -> ServerGate {
        if let gate = gates[key] { return gate }
        let gate = ServerGate(bucket, key, worker, manners)
        gates[key] = gate
        return gate
    }

    private func place(_ key: ServerKey, _ manners: Manners) async throws -> Answer {
        guard manners.connections < Int.max else { return .granted }
        let gate = gate(key, manners)
        let end = ContinuousClock.now + Self.patience
        let isCrowded = (waiting[key] ?? 0) >= Self.mostWaiting
        waiting[key, default: 0] += 1
        defer {
            waiting[key, default: 1] -= 1
            if waiting[key] == 0 { waiting[key] = nil }
        }
        while true {
            switch try await gate.begin() {
            case .granted: return .granted
            case .stopped: return .left(host: key.host)
            case .wait(let until):
                let pause = Duration.milliseconds(max(50, until - FleetTime.now))
                // Not all at the same moment.
                guard pause < .seconds(1), !isCrowded else {
                    return .later(pause + .milliseconds(Int.random(in: 0...500)))
                }
                try await Task.sleep(for: pause)
            case .full:
                guard !isCrowded, ContinuousClock.now < end else {
                    return .later(.milliseconds(Int.random(in: 300...1_500)))
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 60...180)))
            }
        }
    }
}

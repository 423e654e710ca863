internal import FoundationEssentials
internal import MailBatch
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import Synchronization

/// The guard of one row for the whole fleet: a login is in the queue before it leaves, under a name that only a key of the fleet
/// makes, and whoever finds it there sends it no more.
final class FleetLogins: RowLogins {
    private let bucket: KeyValue
    private let seal: Seal
    private let secret: FleetSecret
    private let worker: WorkerIdentity
    private let label: Seal.Label
    /// Whether what a server said to an earlier process counts. Nothing is registered by it.
    private let trustsEarlier: Bool
    private let state = Mutex(State())

    private struct State {
        var names: [LoginAttempt: String] = [:]
        var hasSent = false
        var isOpen = false
        var failure: (any Error)?
    }

    /// How long another row's login is waited for.
    private static let patience = Duration.seconds(60)

    init(
        _ bucket: KeyValue, _ seal: Seal, _ secret: FleetSecret, _ worker: WorkerIdentity, row: Seal.Label,
        trustsEarlier: Bool
    ) {
        self.bucket = bucket
        self.seal = seal
        self.secret = secret
        self.worker = worker
        label = row
        self.trustsEarlier = trustsEarlier
    }

    var hasSent: Bool { state.withLock { $0.hasSent } }
    var failure: (any Error)? { state.withLock { $0.failure } }
    /// Whether a login was found of this very row, and nobody knows its end.
    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// What stands behind a login's name.
    private struct Claim {
        var row: String
        var worker: String
        /// Another one for each claim, so that a write whose answer was lost is known again.
        var nonce: String
        var facts: LoginFacts?

        var octets: [UInt8] {
            var object = JSONObject()
            object["row"] = .text(row)
            object["worker"] = .text(worker)
            object["nonce"] = .text(nonce)
            if let facts { object["facts"] = LoginFacts.json.write(facts) }
            return Array(JSONValue.object(object).rendered(.compact).utf8)
        }

        init(row: String, worker: String, nonce: String) {
            (self.row, self.worker, self.nonce) = (row, worker, nonce)
        }

        init?(octets: [UInt8]) {
            guard let value = try? JSONParser.parse(octets), let row = value["row"]?.text,
                let worker = value["worker"]?.text, let nonce = value["nonce"]?.text
            else { return nil }
            self.init(row: row, worker: worker, nonce: nonce)
            facts = value["facts"].flatMap { try? LoginFacts.json.read(octets: Array($0.rendered(.compact).utf8)) }
        }
    }

    func permission(for attempt: LoginAttempt) async -> LoginPermission {
        do {
            // The port does not count: 587 and 465 of a host are the same door.
            let name =
                "login."
                + secret.name([
                    "login", label.batch, String(label.round), attempt.endpoint.service.rawValue,
                    attempt.endpoint.host.lowercased(), attempt.username, attempt.credential.secret.revealed,
                ])
            return try await permission(attempt, name)
        } catch {
            state.withLock { $0.failure = error }
            return .refused(.triedBefore)
        }
    }

    private func permission(_ attempt: LoginAttempt, _ name: String) async throws -> LoginPermission {
        let claim = Claim(row: label.name, worker: worker.id, nonce: FleetNonce.next())
        let end = ContinuousClock.now + Self.patience
        while true {
            let found = try await bucket.entry(name)
            if found.octets.isEmpty {
                let sealed = try seal.sealed(claim.octets, Seal.Label(.login, name: name))
                guard try await bucket.write(name, sealed, after: found.revision) != nil else { continue }
                return grant(attempt, name)
            }
            guard
                let other = (try? seal.opened(found.octets, .login)).flatMap({ opened in
                    opened.label.name == name ? Claim(octets: opened.octets) : nil
                })
            else { return refusal() }
            if other.nonce == claim.nonce { return grant(attempt, name) }
            if let facts = other.facts {
                let isOwn = other.row == label.name
                guard facts.isAccepted, trustsEarlier || !isOwn && other.worker == worker.id else {
                    return isOwn ? refusal() : .refused(.triedBefore)
                }
                return .answered(facts)
            }
            if other.row == label.name { return refusal() }
            guard !Task.isCancelled, ContinuousClock.now < end else { return .refused(.triedBefore) }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func grant(_ attempt: LoginAttempt, _ name: String) -> LoginPermission {
        state.withLock {
            $0.names[attempt] = name
            $0.hasSent = true
        }
        return .granted
    }

    private func refusal() -> LoginPermission {
        state.withLock { $0.isOpen = true }
        return .refused(.triedBefore)
    }

    func ended(_ attempt: LoginAttempt, _ facts: LoginFacts?) async {
        guard let facts, let name = state.withLock({ $0.names[attempt] }) else { return }
        var claim = Claim(row: label.name, worker: worker.id, nonce: FleetNonce.next())
        claim.facts = facts
        do {
            try await bucket.put(name, try seal.sealed(claim.octets, Seal.Label(.login, name: name)))
        } catch {
            // The answer is known here; only a later process would have needed it.
            return
        }
    }
}

/// Who a worker is: another name for each process.
struct WorkerIdentity: Hashable, Sendable {
    let id: String

    init() { id = "w" + FleetNonce.next() }
}

/// Names that are made once.
enum FleetNonce {
    static func next() -> String {
        var random = SystemRandomNumberGenerator()
        return String(UInt64.random(in: .min ... .max, using: &random), radix: 36)
    }
}

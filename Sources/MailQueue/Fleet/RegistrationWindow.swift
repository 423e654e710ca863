internal import FoundationEssentials
internal import MailJSON
internal import MailModel
internal import MailRegistration

/// Counts the requests of the whole fleet to one registration API: its limits hold for all workers together.
struct RegistrationWindow: Sendable {
    let bucket: KeyValue
    /// The API's name in the queue.
    let name: String

    /// Makes room for one request. See `RequestPace.reserve`.
    func reserve(_ now: Date, _ patience: Duration) async -> Duration? {
        let limits = RequestPace.limits
        let longest = limits.map(\.seconds).max() ?? 0
        let moment = Int(now.timeIntervalSince1970 * 1_000)
        while !Task.isCancelled {
            guard let found = try? await bucket.entry(name) else { return nil }
            let times = ((try? JSONParser.parse(found.octets))?.elements ?? []).compactMap(\.integer).sorted()
                .filter { (moment - Int(longest * 1_000)...moment + Int(longest * 1_000)) ~= $0 }
            var due = moment
            for limit in limits where times.count >= limit.requests {
                due = max(due, times[times.count - limit.requests] + Int(limit.seconds * 1_000))
            }
            let wait = Duration.milliseconds(due - moment)
            guard wait <= patience else { return nil }
            let octets = Array(JSONValue.list((times + [due]).map { .integer($0) }).rendered(.compact).utf8)
            do {
                if try await bucket.write(name, octets, after: found.revision) != nil { return wait }
            } catch {
                return nil
            }
        }
        return nil
    }
}

/// Which accounts the fleet has sent to a registration API: a create that may have been stored is never sent again, whichever
/// worker died over it.
struct RegistrationClaims: Sendable {
    let bucket: KeyValue
    let secret: FleetSecret
    /// The API and its key, as far as they are told from others.
    let space: [String]
    let worker: WorkerIdentity

    /// Whether a request may leave.
    enum Claim: Sendable {
        case begun
        /// It was sent before, and this is what is known of it.
        case known(RegistrationOutcome)
    }

    private func name(_ address: String) -> String {
        "account." + secret.name(["registration"] + space + [address.lowercased()])
    }

    /// What is known of an account; nil when nothing was sent.
    func known(_ address: String) async throws -> RegistrationOutcome? {
        let found = try await bucket.entry(name(address))
        return found.octets.isEmpty ? nil : Self.outcome(found.octets)
    }

    /// Writes down that an account is about to be sent.
    func begin(_ address: String) async throws -> Claim {
        let nonce = FleetNonce.next()
        let octets = Array(
            JSONValue.object(["worker": .text(worker.id), "nonce": .text(nonce)]).rendered(.compact).utf8)
        while true {
            let found = try await bucket.entry(name(address))
            guard found.octets.isEmpty else {
                return found.octets == octets ? .begun : .known(Self.outcome(found.octets))
            }
            if try await bucket.write(name(address), octets, after: found.revision) != nil { return .begun }
        }
    }

    /// Writes down what became of it. What was not stored may be sent again.
    func end(_ address: String, _ outcome: RegistrationOutcome) async throws {
        switch outcome.status {
        case .registered, .alreadyRegistered:
            var kept = outcome
            kept.request = nil
            let value: JSONValue = ["outcome": RegistrationOutcome.json.write(kept)]
            try await bucket.put(name(address), Array(value.rendered(.compact).utf8))
        case .refused, .notAttempted: try await bucket.put(name(address), [])
        case .unknown: break
        }
    }

    private static func outcome(_ octets: [UInt8]) -> RegistrationOutcome {
        let stored = (try? JSONParser.parse(octets))?["outcome"].flatMap {
            try? RegistrationOutcome.json.read(octets: Array($0.rendered(.compact).utf8))
        }
        guard var stored else {
            return RegistrationOutcome(
                status: .unknown,
                reason:
                    "its request had been on its way when a worker died, and it may have been stored; nothing was sent again"
            )
        }
        stored.status = .alreadyRegistered
        stored.reason = "the fleet registered it before"
        return stored
    }
}

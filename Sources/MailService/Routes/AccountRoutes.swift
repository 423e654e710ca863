internal import FoundationEssentials
internal import Hummingbird
internal import MailConnect
internal import MailJSON
internal import MailModel
internal import MailRegistration
internal import MailReport

/// Checking and registering accounts.
struct AccountRoutes: Sendable {
    let parts: ServiceParts

    static let route = "/v1/accounts"

    func add(_ call: Call) async throws -> Response {
        let (request, json) = try await call.document(AddRequest.json)
        let account = try request.check.account(parts.engine.catalog, secrets: parts.configuration.secrets)
        let key = try IdempotencyKey.of(call)
        guard let service = parts.configuration.registration, request.isDryRun || service.key != nil else {
            throw Problem(.noAPIKey, "no API key is configured: only dry runs can be made")
        }
        let addition = AccountAddition(
            parts: parts, client: call.client, service: service, account: account, choices: request.choices)
        guard let key else {
            let shared = SharedRun(fingerprint: nil)
            return try await answer(call, shared) {
                let place = try parts.runs.place(for: call.client)
                addition.begin(shared, place) { _ in }
            }
        }
        let fingerprint = CallFingerprint(body: Self.withoutSecrets(json), secrets: request.check.secrets)
        let name = KeyedRuns.Name(client: call.client.key, route: Self.route, key: key)
        let (shared, isNew) = try parts.keyed.run(name, fingerprint)
        return try await answer(call, shared) {
            guard isNew else { return }
            let memory = KeyedMemory(parts: parts, name: name, fingerprint: fingerprint)
            do {
                try await memory.begin(addition, shared)
            } catch {
                // Whoever waits for the same answer gets this one.
                shared.feed.finish(.problem(Problem.of(error)))
                parts.keyed.close(name)
            }
        }
    }

    private func answer(
        _ call: Call, _ shared: SharedRun, _ begin: () async throws -> Void
    ) async throws -> Response {
        let attendance = Attendance(shared)
        guard call.wantsEvents else {
            return try await call.departure.bound({ attendance.end() }) {
                defer { attendance.end() }
                try await begin()
                switch await shared.feed.end() {
                case .report(let status, let text)?: return Answers.json(text, status: status)
                case .problem(let problem)?: throw problem
                case nil: throw CancellationError()
                }
            }
        }
        // What stands in the way at once is answered as what it is, and not in a stream.
        try await begin()
        let (events, end) = await shared.feed.next(after: 0)
        if events.isEmpty, case .problem(let problem)? = end { throw problem }
        return EventStream.response { put in
            await call.departure.bound({ attendance.end() }) { await SharedRunStream.tell(shared, put) }
            attendance.end()
        }
    }

    /// The body as it is compared with another one: members in a fixed order, without secrets.
    private static func withoutSecrets(_ json: JSONValue) -> String {
        guard case .object(var object) = json else { return "" }
        for key in ["smtp_password", "imap_password", "oauth_token"] { object[key] = nil }
        return sorted(.object(object)).rendered(.compact)
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value else { return value }
        var members: [String: JSONValue] = [:]
        for (key, inner) in zip(object.keys, object.values) { members[key] = sorted(inner) }
        return .object(JSONObject(sorting: members))
    }
}

/// Tells a run's events in a stream.
enum SharedRunStream {
    static func tell(_ shared: SharedRun, _ put: @Sendable (String) -> Void) async {
        var count = 0
        while true {
            let (events, end) = await shared.feed.next(after: count)
            for event in events {
                count += 1
                put(EventStream.text(id: count, name: event.name, data: event.data))
            }
            switch end {
            case .report(_, let text)?: return put(EventStream.text(id: count + 1, name: "report", data: text))
            case .problem(let problem)?:
                let data = Problem.json.write(problem).rendered(.compact)
                return put(EventStream.text(id: count + 1, name: "problem", data: data))
            case nil: if events.isEmpty { return }
            }
        }
    }
}

extension IdempotencyKey {
    /// The key of a call; nil where there is none.
    static func of(_ call: Call) throws(Problem) -> String? { try read(call.lines(name)) }
}

extension CheckRequest {
    /// All secrets in it, in a fixed order; one that is missing stands there as an empty one.
    var secrets: [Secret] { [smtpPassword, imapPassword, oauthToken].map { $0 ?? Secret("") } }
}

import FoundationEssentials
import MailJSON
import Synchronization

/// Judges requests and keeps the accounts.
final class StubAPI: Sendable {
    /// Where one account is registered.
    static let path = "/api/public/v1/sender-accounts/smtp"
    /// Where many are.
    static let bulkPath = path + "/bulk"

    private struct State {
        var faults: [RegistrationFault]
        var repeats: Bool
        var stored: [String] = []
        var jobs: [String: RegistrationJob] = [:]
        var posts = 0
        var bulkPosts = 0
        var bodies: [String] = []
    }

    private let state: Mutex<State>
    private let allowsDuplicates: Bool
    private let tell: @Sendable (RegistrationEvent) -> Void

    init(
        faults: [RegistrationFault], repeats: Bool, allowsDuplicates: Bool = false,
        tell: @escaping @Sendable (RegistrationEvent) -> Void = { _ in }
    ) {
        state = Mutex(State(faults: faults, repeats: repeats))
        self.allowsDuplicates = allowsDuplicates
        self.tell = tell
    }

    var posts: Int { state.withLock { $0.posts } }
    var bulkPosts: Int { state.withLock { $0.bulkPosts } }
    var bodies: [String] { state.withLock { $0.bodies } }
    var stored: [String] { state.withLock { $0.stored } }

    /// Replaces what is left of the faults.
    func setFaults(_ faults: [RegistrationFault], repeats: Bool) {
        state.withLock {
            $0.faults = faults
            $0.repeats = repeats
        }
    }

    /// Says that an answer was handed over.
    func answered() { tell(.answered) }

    /// Answers one request.
    func answer(_ request: RegistrationRequest) -> RegistrationAnswer {
        if let job = progressJob(request.path) { return progress(job, request) }
        guard [Self.path, Self.bulkPath].contains(request.path) else { return .detail(404, "Not Found") }
        guard request.method == "POST" else { return .detail(405, "Method Not Allowed") }
        tell(.received)
        let isBulk = request.path == Self.bulkPath
        let fault = state.withLock { state -> RegistrationFault? in
            if isBulk { state.bulkPosts += 1 } else { state.posts += 1 }
            if state.bodies.count < 10_000 { state.bodies.append(String(decoding: request.body, as: UTF8.self)) }
            return state.repeats ? state.faults.first : state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        guard let fault else { return judge(request, isBulk) }
        return fault.needsJudgement ? fault.spoil(judge(request, isBulk, fault)) : fault.answer(to: request)
    }

    private func judge(
        _ request: RegistrationRequest, _ isBulk: Bool, _ fault: RegistrationFault? = nil
    ) -> RegistrationAnswer {
        if let refusal = Self.refusal(of: request.apiKey) { return refusal }
        guard request.contentType.lowercased().hasPrefix("application/json"),
            let body = try? JSONParser.parse(request.body),
            case .object(let fields) = body
        else {
            let input = JSONValue.text(String(decoding: request.body, as: UTF8.self))
            return .complaints([RegistrationComplaint("", "json_invalid", "JSON decode error", input: input)])
        }
        if isBulk { return bulk(fields, body, fault) }
        let complaints = RegistrationField.all.compactMap { $0.complaint(about: fields[$0.name], in: body) }
        return complaints.isEmpty ? store(fields) : .complaints(complaints)
    }

    private static func refusal(of key: String?) -> RegistrationAnswer? {
        guard let key, !key.isEmpty else {
            return .detail(401, "API key required. Include your API key in X-API-Key header.")
        }
        guard key.hasPrefix("cs_live_"), key.count > "cs_live_".count else {
            return .detail(401, "Invalid or revoked API key")
        }
        return nil
    }

    /// Whether the account is new, and then stored; with duplicates allowed it always is, so that a test can count them.
    private func keep(_ address: String) -> Bool {
        let isNew = state.withLock { state in
            let address = address.lowercased()
            guard allowsDuplicates || !state.stored.contains(address) else { return false }
            state.stored.append(address)
            return true
        }
        if isNew { tell(.stored) }
        return isNew
    }

    private func store(_ fields: JSONObject) -> RegistrationAnswer {
        guard case .text(let address) = fields["email_address"] else { return .detail(400, "Bad Request") }
        guard keep(address) else { return .detail(409, "An account with this email address already exists") }
        let created = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        return .json(
            201,
            .object([
                "success": .bool(true),
                "message": .text("SMTP inbox created successfully"),
                "inbox_id": .text(UUID().uuidString.lowercased()),
                "email_address": .text(address),
                "display_name": fields["display_name"] ?? .null,
                "inbox_type": fields["inbox_type"] ?? .null,
                "daily_limit": fields["daily_limit"] ?? .integer(100),
                "overall_status": .text("PENDING"),
                "created_at": .text(created + "Z"),
            ]))
    }
}

/// Many accounts at once.
extension StubAPI {
    private func bulk(
        _ fields: JSONObject, _ body: JSONValue, _ fault: RegistrationFault?
    ) -> RegistrationAnswer {
        guard case .list(let items)? = fields["inboxes"], (1...100).contains(items.count) else {
            let message = "List should have at least 1 and at most 100 items"
            return .complaints([RegistrationComplaint("inboxes", "too_long", message, input: body)])
        }
        var complaints: [RegistrationComplaint] = []
        for (index, item) in items.enumerated() {
            guard case .object(let fields) = item else {
                let place = ["inboxes"]
                complaints.append(
                    RegistrationComplaint(place, index, "dict_type", "Input should be a dictionary", item))
                continue
            }
            complaints += RegistrationField.all.compactMap {
                $0.complaint(about: fields[$0.name], in: item)?.inside("inboxes", index)
            }
        }
        guard complaints.isEmpty else { return .complaints(complaints) }
        return accept(items, fault)
    }

    private func accept(_ items: [JSONValue], _ fault: RegistrationFault?) -> RegistrationAnswer {
        var failing: Set<String> = []
        if case .failing(let addresses)? = fault { failing = addresses }
        let job = RegistrationJob(
            id: "job-" + UUID().uuidString.lowercased(), items: items.map { work($0, failing: failing) })
        state.withLock { $0.jobs[job.id] = job }
        return .json(
            202,
            .object([
                "success": .bool(true), "message": .text("Bulk import started"), "total": .integer(items.count),
                "success_count": .integer(0), "failed_count": .integer(0), "job_id": .text(job.id),
                "results": .list([]),
            ]))
    }

    private func work(_ item: JSONValue, failing: Set<String>) -> RegistrationJob.Item {
        guard case .object(let fields) = item, case .text(let address)? = fields["email_address"] else {
            return RegistrationJob.Item(address: "", result: .null, succeeded: false)
        }
        var error: String?
        if failing.contains(address.lowercased()), case .text(let password)? = fields["smtp_password"] {
            error = "Connection failed: 535 for \(address) with \(password)"
        } else if !keep(address) {
            error = "An account with this email address already exists"
        }
        var result: JSONObject = ["email_address": .text(address), "success": .bool(error == nil)]
        if let error { result["error"] = .text(error) } else { result["inbox_id"] = .text(UUID().uuidString) }
        return RegistrationJob.Item(address: address, result: .object(result), succeeded: error == nil)
    }

    private func progressJob(_ path: String) -> String? {
        let parts = path.dropFirst(Self.bulkPath.count).split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix(Self.bulkPath + "/"), parts.count == 3, parts[2] == "progress" else { return nil }
        return String(parts[1])
    }

    private func progress(_ id: String, _ request: RegistrationRequest) -> RegistrationAnswer {
        guard request.method == "GET" else { return .detail(405, "Method Not Allowed") }
        if let refusal = Self.refusal(of: request.apiKey) { return refusal }
        return state.withLock { $0.jobs[id]?.progress() } ?? .detail(404, "Job not found")
    }
}

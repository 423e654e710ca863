import Foundation
import Synchronization

/// Judges requests and keeps the accounts.
final class RegistrationDesk: Sendable {
    /// The one path that is served.
    static let path = "/api/public/v1/sender-accounts/smtp"

    private struct State {
        var faults: [RegistrationFault]
        var repeats: Bool
        var accounts: Set<String> = []
        var posts = 0
        var bodies: [String] = []
    }

    private let state: Mutex<State>

    init(faults: [RegistrationFault], repeats: Bool) { state = Mutex(State(faults: faults, repeats: repeats)) }

    var posts: Int { state.withLock { $0.posts } }
    var bodies: [String] { state.withLock { $0.bodies } }
    var accounts: Set<String> { state.withLock { $0.accounts } }

    /// Replaces what is left of the faults.
    func setFaults(_ faults: [RegistrationFault], repeats: Bool) {
        state.withLock {
            $0.faults = faults
            $0.repeats = repeats
        }
    }

    /// Answers one request.
    func answer(_ request: RegistrationRequest) -> RegistrationAnswer {
        guard request.path == Self.path else { return .detail(404, "Not Found") }
        guard request.method == "POST" else { return .detail(405, "Method Not Allowed") }
        let fault = state.withLock { state -> RegistrationFault? in
            state.posts += 1
            if state.bodies.count < 10_000 { state.bodies.append(String(decoding: request.body, as: UTF8.self)) }
            return state.repeats ? state.faults.first : state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        guard let fault else { return judge(request) }
        return fault.needsJudgement ? fault.spoil(judge(request)) : fault.answer(to: request)
    }

    private func judge(_ request: RegistrationRequest) -> RegistrationAnswer {
        guard let key = request.apiKey, !key.isEmpty else {
            return .detail(401, "API key required. Include your API key in X-API-Key header.")
        }
        guard key.hasPrefix("cs_live_"), key.count > "cs_live_".count else {
            return .detail(401, "Invalid or revoked API key")
        }
        guard request.contentType.lowercased().hasPrefix("application/json"),
            let body = try? JSONDecoder().decode(JSONValue.self, from: Data(request.body)),
            case .object(let fields) = body
        else {
            let input = JSONValue.string(String(decoding: request.body, as: UTF8.self))
            return .complaints([RegistrationComplaint("", "json_invalid", "JSON decode error", input: input)])
        }
        let complaints = RegistrationField.all.compactMap { $0.complaint(about: fields[$0.name], in: body) }
        return complaints.isEmpty ? store(fields) : .complaints(complaints)
    }

    private func store(_ fields: [String: JSONValue]) -> RegistrationAnswer {
        guard case .string(let address) = fields["email_address"] else { return .detail(400, "Bad Request") }
        let isNew = state.withLock { $0.accounts.insert(address.lowercased()).inserted }
        guard isNew else { return .detail(409, "An account with this email address already exists") }
        let created = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        return .json(
            201,
            .object([
                "success": .bool(true),
                "message": .string("SMTP inbox created successfully"),
                "inbox_id": .string(UUID().uuidString.lowercased()),
                "email_address": .string(address),
                "display_name": fields["display_name"] ?? .null,
                "inbox_type": fields["inbox_type"] ?? .null,
                "daily_limit": fields["daily_limit"] ?? .integer(100),
                "overall_status": .string("PENDING"),
                "created_at": .string(created + "Z"),
            ]))
    }
}

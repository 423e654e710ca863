import MailJSON

extension RegistrationFault {
    /// Whether the request is judged, and its account stored, before the fault shows.
    var needsJudgement: Bool {
        switch self {
        case .slow, .resetAfterStoring, .notSuccessful, .garbage, .failing: true
        default: false
        }
    }

    /// What becomes of a good answer.
    func spoil(_ answer: RegistrationAnswer) -> RegistrationAnswer {
        var answer = answer
        switch self {
        case .slow(let milliseconds): answer.delivery = .after(milliseconds: milliseconds)
        case .resetAfterStoring: answer.delivery = .reset
        case .notSuccessful:
            let why = JSONValue.text("The connection could not be verified")
            answer = .json(201, .object(["success": .bool(false), "message": why]))
        case .garbage: answer.body = Array("<created/>".utf8)
        default: break
        }
        return answer
    }

    /// The answer in place of a good one.
    func answer(to request: RegistrationRequest) -> RegistrationAnswer {
        switch self {
        case .unauthorized: .detail(401, "Invalid or revoked API key")
        case .forbidden: .missingScope()
        case .conflict: .detail(409, "An account with this email address already exists")
        case .unprocessable: .echo(request)
        case .rateLimited(let seconds): .rateLimited(seconds)
        case .serverError: .page()
        case .status(let status): .detail(status, "status \(status)")
        case .redirect(let url): RegistrationAnswer(status: 307, headers: ["location": url], body: [])
        case .silent: .none(.never)
        default: .none(.reset)
        }
    }
}

extension RegistrationAnswer {
    /// 422 with what is wrong.
    static func complaints(_ complaints: [RegistrationComplaint]) -> RegistrationAnswer {
        json(422, .object(["detail": .list(complaints.map(\.value))]))
    }

    /// 422 that echoes the whole body.
    fileprivate static func echo(_ request: RegistrationRequest) -> RegistrationAnswer {
        let body = JSONValue.text(String(decoding: request.body, as: UTF8.self))
        return complaints([RegistrationComplaint("smtp_host", "value_error", "Value error", input: body)])
    }

    fileprivate static func missingScope() -> RegistrationAnswer {
        json(
            403,
            .object([
                "detail": .text("Missing required scopes: sender_accounts:create"),
                "error": .text("insufficient_scopes"),
                "required": .list([.text("sender_accounts:create")]),
                "granted": .list([.text("sender_accounts:read")]),
            ]))
    }

    fileprivate static func rateLimited(_ seconds: Int?) -> RegistrationAnswer {
        var answer = detail(429, "Rate limit exceeded. Retry after \(seconds ?? 60) seconds.")
        answer.headers["x-ratelimit-remaining"] = "0"
        if let seconds { answer.headers["retry-after"] = "\(seconds)" }
        return answer
    }

    fileprivate static func page() -> RegistrationAnswer {
        let page = "<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>"
        return RegistrationAnswer(status: 500, headers: ["content-type": "text/html"], body: Array(page.utf8))
    }
}

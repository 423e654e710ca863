internal import MailJSON

/// Why a request is not answered as it wished: problem details (RFC 9457), with a stable name and the field that is wrong.
struct Problem: Error, Hashable {
    /// The stable names. New ones may be added; none is renamed.
    enum ID: String, CaseIterable, Sendable {
        case badRequest = "bad_request"
        case notJSON = "not_json"
        case unauthorized
        case foreignHost = "foreign_host"
        case foreignOrigin = "foreign_origin"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case bodyTooLarge = "body_too_large"
        case unsupportedMediaType = "unsupported_media_type"
        case invalidField = "invalid_field"
        case keyReused = "key_reused"
        case badFile = "bad_file"
        case tooManyRequests = "too_many_requests"
        case tooManyRuns = "too_many_runs"
        case full
        case shuttingDown = "shutting_down"
        case noAPIKey = "no_api_key"
        case journalUnavailable = "journal_unavailable"
        case internalError = "internal_error"
    }

    let id: ID
    /// What is wrong with this request, in a sentence.
    let detail: String
    /// The place in the body (`smtp.port`), or the header or parameter, that is wrong.
    var field: String?
    /// Further headers of the answer.
    var headers: [String: String] = [:]

    init(_ id: ID, _ detail: String, field: String? = nil, headers: [String: String] = [:]) {
        self.id = id
        self.detail = detail
        self.field = field
        self.headers = headers
    }

    /// One to try again after.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - detail: What is wrong.
    ///   - seconds: When to try again.
    /// - Returns: The problem with the header that says so (RFC 9110, section 10.2.3).
    static func later(_ id: ID, _ detail: String, seconds: Int) -> Problem {
        Problem(id, detail, headers: ["Retry-After": String(max(1, seconds))])
    }

    /// The HTTP status.
    var status: Int { id.status }

    /// How it stands in JSON.
    static let json = JSONDescription<Problem>.object(
        { id, detail, field in Problem(id, detail, field: field) },
        .field("id", \.id, .word("a problem"), "The problem's stable name."),
        .field("detail", \.detail, .text, "What is wrong with this request, in a sentence."),
        .field("field", \.field, .optional(.text), unless: nil, "The member, header or parameter that is wrong."),
        derived: [
            .derived("type", .text(format: "uri"), "What kind of problem it is.") {
                "urn:mailconnect:problem:" + $0.id.rawValue
            },
            .derived("title", .text, "The kind in words.") { $0.id.title },
            .derived("status", .integer, "The HTTP status.") { $0.status },
        ],
        order: ["type", "title", "status", "detail", "field", "id"],
        about: "What is wrong with a request (RFC 9457).")
}

extension Problem.ID {
    /// The HTTP status that goes with it.
    var status: Int {
        switch self {
        case .badRequest, .notJSON: 400
        case .unauthorized: 401
        case .foreignHost, .foreignOrigin: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidField, .keyReused, .badFile: 422
        case .tooManyRequests, .tooManyRuns: 429
        case .internalError: 500
        case .full, .shuttingDown, .noAPIKey, .journalUnavailable: 503
        }
    }

    /// The kind in words.
    var title: String {
        switch self {
        case .badRequest: "The request cannot be read"
        case .notJSON: "The body is not JSON"
        case .unauthorized: "A token is needed"
        case .foreignHost: "This host is not served here"
        case .foreignOrigin: "Pages of other origins may not ask here"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "The method is not allowed here"
        case .bodyTooLarge: "The body is too large"
        case .unsupportedMediaType: "The body is of another type than is taken here"
        case .invalidField: "A field is wrong"
        case .keyReused: "The idempotency key belongs to another body"
        case .badFile: "The file cannot be read"
        case .tooManyRequests: "Too many requests"
        case .tooManyRuns: "Too many runs of this client at once"
        case .full: "The service is full"
        case .shuttingDown: "The service is shutting down"
        case .noAPIKey: "No API key is configured"
        case .journalUnavailable: "The journal cannot be used"
        case .internalError: "A mistake of ours"
        }
    }
}

extension Problem {
    /// What is wrong in a body that is JSON, at its place.
    init(_ mistake: JSONMistake) {
        self.init(.invalidField, mistake.reason, field: mistake.pathText.isEmpty ? nil : mistake.pathText)
    }
}

public import FoundationEssentials
public import MailJSON

/// What became of the registration.
public struct RegistrationOutcome: Hashable, Sendable {
    /// The five ends.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// The account was registered now.
        case registered
        /// It had been registered before.
        case alreadyRegistered = "already_registered"
        /// It was not tried.
        case notAttempted = "not_attempted"
        /// The API said no.
        case refused
        /// The request left, and what became of it is not known.
        case unknown
    }

    /// Why nothing was sent to the API, for machines. More may be added.
    public enum Obstacle: String, Hashable, Sendable, CaseIterable {
        /// Only the request was asked for.
        case dryRun = "dry_run"
        /// The policy does not allow it, or the request is not what the logins proved.
        case notPermitted = "not_permitted"
        /// No connection to the API could be made: this says nothing about the account.
        case unreachable
        /// The run was cancelled before the request left.
        case cancelled
        /// Its own counting of requests says that the API would not take one more yet.
        case rateLimited = "rate_limited"
        /// The journal could not be used, and nothing is sent without it.
        case journal
    }

    /// The end.
    public var status: Status
    /// Why, in a sentence.
    public var reason: String
    /// The API's id of the account.
    public var inboxID: String?
    /// The API's status of the account, as sent.
    public var overallStatus: String?
    /// The daily limit that was sent, or that came back.
    public var dailyLimit: Int?
    /// When the API says it was created.
    public var createdAt: Date?
    /// The HTTP status.
    public var httpStatus: Int?
    /// The request's fields in the API's order, secrets masked; nil when none was made.
    public var request: [RequestField]?
    /// Why nothing was sent; nil unless the status is `notAttempted`, and then nil when the caller did not say.
    public var obstacle: Obstacle?
    /// Whether sending the same again makes sense. It is `no` for an unknown end: whoever repeats that must say so.
    public var retry: RetryAdvice
    /// What else should be known: doubts about the settings, advice that was not followed.
    public var notes: [String]
    /// What the user can do about it.
    public var steps: [RemedyStep]
    /// Method and URL of the request, nil when none was made.
    public var target: String?

    /// Makes an outcome.
    public init(
        status: Status, reason: String, inboxID: String? = nil, overallStatus: String? = nil, dailyLimit: Int? = nil,
        createdAt: Date? = nil, httpStatus: Int? = nil, request: [RequestField]? = nil,
        obstacle: Obstacle? = nil, retry: RetryAdvice = .no, notes: [String] = [], steps: [RemedyStep] = [],
        target: String? = nil
    ) {
        self.status = status
        self.reason = reason
        self.inboxID = inboxID
        self.overallStatus = overallStatus
        self.dailyLimit = dailyLimit
        self.createdAt = createdAt
        self.httpStatus = httpStatus
        self.request = request
        self.obstacle = obstacle
        self.retry = retry
        self.notes = notes
        self.steps = steps
        self.target = target
    }
}

/// One field of a request as it may be shown.
public struct RequestField: Hashable, Sendable {
    /// A value that may be shown.
    public enum Value: Hashable, Sendable {
        /// Text.
        case text(String)
        /// A whole number.
        case number(Int)
        /// True or false.
        case flag(Bool)
        /// A secret was here.
        case redacted
    }

    /// The field's name in the API.
    public var name: String
    /// What is sent.
    public var value: Value

    /// Makes a field.
    public init(name: String, value: Value) {
        self.name = name
        self.value = value
    }
}

/// What a registration is doing.
public enum RegistrationProgress: Hashable, Sendable {
    /// The attempt stands in the journal, and the request leaves.
    case sending(attempt: Int)
    /// Something asks for a pause before the request leaves.
    case waiting(seconds: Int, reason: String)
    /// The API's answer, or the lack of one, is in the journal.
    case answered(RegistrationOutcome.Status)
}

extension RequestField.Value {
    /// How it stands in JSON. A secret is written as its mask.
    public static let json = JSONDescription<RequestField.Value>(schema: ["type": ["string", "integer", "boolean"]]) {
        value in
        switch value {
        case .text(let text): .text(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .bool(flag)
        case .redacted: .text(Redactor.mask)
        }
    } read: { value, _ throws(JSONMistake) in
        switch value {
        case .text(Redactor.mask): return .redacted
        case .text(let text): return .text(text)
        case .bool(let flag): return .flag(flag)
        default:
            guard let number = value.integer else {
                throw JSONMistake(.wrongType, "a text, a whole number, true or false must stand here")
            }
            return .number(number)
        }
    }
}

extension RequestField {
    /// How fields stand in JSON: as one object, in their order.
    public static let json = JSONDescription<[RequestField]>(schema: ["type": "object"]) { fields in
        var object = JSONObject()
        for field in fields { object[field.name] = Value.json.write(field.value) }
        return .object(object)
    } read: { value, mode throws(JSONMistake) in
        guard case .object(let object) = value else { throw JSONMistake(.wrongType, "an object must stand here") }
        var fields: [RequestField] = []
        for (name, value) in zip(object.keys, object.values) {
            do throws(JSONMistake) {
                fields.append(RequestField(name: name, value: try Value.json.read(value, mode)))
            } catch {
                throw JSONMistake(error.kind, at: name, error.reason)
            }
        }
        return fields
    }
}

extension RegistrationOutcome {
    /// How it stands in a report.
    public static let json = JSONDescription<RegistrationOutcome>.object(
        RegistrationOutcome.init,
        .field("status", \.status, .word("an end of a registration"), "What became of it."),
        .field("reason", \.reason, .text, "Why, in a sentence."),
        .field("inbox_id", \.inboxID, .optional(.text), missing: nil, "The API's id of the account."),
        .field("overall_status", \.overallStatus, .optional(.text), missing: nil, "The API's status of it, as sent."),
        .field("daily_limit", \.dailyLimit, .optional(.integer), missing: nil, "The limit that was sent or came back."),
        .field("created_at", \.createdAt, .optional(.date), missing: nil, "When the API says it was created."),
        .field("http_status", \.httpStatus, .optional(.integer), missing: nil, "The HTTP status."),
        .field(
            "request", \.request, .optional(RequestField.json), missing: nil,
            "The request's fields, secrets masked; null when none was made."),
        .field(
            "obstacle", \.obstacle, .optional(.word("an obstacle")), missing: nil,
            "Why nothing was sent; null when something was, or when it is not known."),
        .field("retry", \.retry, RetryAdvice.json, missing: .no, "Whether sending the same again makes sense."),
        .field(
            "notes", \.notes, .texts, missing: [], "Doubts about the settings, advice that was not followed."),
        .field(
            "steps", \.steps, .list(RemedyStep.json), missing: [],
            "What the reader can do, where a front end may have words of its own."),
        .field("target", \.target, .optional(.text), missing: nil, "Method and URL of a request that was only shown."),
        order: [
            "status", "reason", "inbox_id", "overall_status", "daily_limit", "created_at", "http_status", "request",
            "target", "notes",
        ])
}

public import Foundation

/// What became of the registration.
public struct RegistrationOutcome: Hashable, Sendable {
    /// The five ends.
    public enum Status: String, Hashable, Sendable {
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
    public enum Obstacle: String, Hashable, Sendable {
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

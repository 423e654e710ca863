public import MailModel

/// How a bulk request ended. Accepted is not registered: the API works the accounts off afterwards.
public struct BulkSubmission: Hashable, Sendable {
    /// The ends.
    public enum Status: String, Hashable, Sendable {
        /// The API took the accounts to work them off, or did so at once.
        case accepted
        /// The API said no to the whole request.
        case refused
        /// The request left, and what became of it is not known.
        case unknown
        /// Nothing was sent.
        case notAttempted = "not_attempted"
    }

    /// What is wrong with one account.
    public struct Problem: Hashable, Sendable {
        /// The account's place in the request, counted from 0.
        public var place: Int
        /// The field and the reason, safe to show.
        public var text: String
    }

    /// The end.
    public var status: Status
    /// Why, in a sentence.
    public var reason: String
    /// The HTTP status.
    public var httpStatus: Int?
    /// Why nothing was sent.
    public var obstacle: RegistrationOutcome.Obstacle?
    /// Whether sending the same again makes sense.
    public var retry = RetryAdvice.no
    /// The job to ask for; nil when the results are here already.
    public var jobID: String?
    /// What the API counted, as far as it said so; provisional while the job runs.
    public var total: Int?
    /// Accounts that worked, so far.
    public var successCount: Int?
    /// Accounts that did not, so far.
    public var failedCount: Int?
    /// What it says of single accounts.
    public var results: [BulkItemResult] = []
    /// What it does not like about single accounts.
    public var problems: [Problem] = []
}

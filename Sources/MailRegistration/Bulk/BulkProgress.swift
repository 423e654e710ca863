public import FoundationEssentials

/// How far the API is with a bulk request: `GET /sender-accounts/smtp/bulk/{job_id}/progress`.
///
/// Source: <https://docs.coldsend.pro/api-reference/sender-accounts/get-bulk-smtp-job-progress>
public struct BulkProgress: Hashable, Sendable {
    /// The job.
    public var jobID: String?
    /// The API's word for its state, as sent; the words are not documented.
    public var status: String?
    /// 0...100.
    public var percentage: Int?
    /// All accounts.
    public var total: Int?
    /// Those that were worked off.
    public var processed: Int?
    /// Those that worked.
    public var successCount: Int?
    /// Those that did not.
    public var failedCount: Int?
    /// When it began.
    public var startedAt: Date?
    /// When it ended.
    public var completedAt: Date?
    /// What is known of single accounts.
    public var results: [BulkItemResult]

    /// Whether nothing more will happen. A state that is not known counts as running.
    public var isFinished: Bool {
        if completedAt != nil || ["COMPLETED", "FAILED"].contains(status?.uppercased()) { return true }
        if let processed, let total { return total > 0 && processed >= total }
        return false
    }
}

/// What came of asking for a job's progress.
public enum BulkPoll: Hashable, Sendable {
    /// The progress.
    case progress(BulkProgress)
    /// It could not be learnt; the seconds say when to ask again, nil for never.
    case failed(reason: String, retryAfter: Int?)
}

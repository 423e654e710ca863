import FoundationEssentials
import MailJSON

/// What a bulk request is worked off as, one step for each time that somebody asks.
struct RegistrationJob: Sendable {
    /// What becomes of one item.
    struct Item: Sendable {
        var address: String
        var result: JSONValue
        var succeeded: Bool
    }

    let id: String
    private let items: [Item]
    private var polls = 0

    init(id: String, items: [Item]) {
        self.id = id
        self.items = items
    }

    /// The next answer: half of the items at first, then all of them.
    mutating func progress() -> RegistrationAnswer {
        polls += 1
        let done = polls == 1 && items.count > 1 ? Array(items.prefix(items.count / 2)) : items
        let isDone = done.count == items.count
        let started = "2026-11-22T10:00:00.123456"
        return .json(
            200,
            .object([
                "success": .bool(true),
                "message": .text("Job found"),
                "job": .object([
                    "job_id": .text(id),
                    "status": .text(isDone ? "COMPLETED" : "IN_PROGRESS"),
                    "progress_percentage": .integer(items.isEmpty ? 100 : done.count * 100 / items.count),
                    "total_rows": .integer(items.count),
                    "processed_count": .integer(done.count),
                    "success_count": .integer(done.count { $0.succeeded }),
                    "failed_count": .integer(done.count { !$0.succeeded }),
                    "started_at": .text(started),
                    "completed_at": isDone ? .text(started) : .null,
                    "results": .list(done.map(\.result)),
                ]),
            ]))
    }
}

import FoundationEssentials
import Glibc
import MailJSON
import MailModel
import MailNetwork

/// Reads what comes back for a bulk request and for its progress. Pure.
struct BulkAnswer {
    /// A hundred results with a reason each.
    private static let octets = 1_048_576

    let text: AnswerText

    /// Reads a response to the request itself.
    func submission(_ response: HTTPResponse, now: Date) -> BulkSubmission {
        switch response.status {
        case 200..<300: return accepted(response)
        case 429, 503:
            var submission = end(.refused, response, "the API asks to try later")
            submission.retry = .afterSeconds(RetryDelay.seconds(response, now: now))
            return submission
        case 300..<500:
            var submission = end(.refused, response, "the API refused the request")
            submission.problems = problems(response.body)
            return submission
        default: return end(.unknown, response, "the API failed; the accounts may be registered or not")
        }
    }

    /// Reads a failure to send it.
    func submission(_ failure: HTTPFailure) -> BulkSubmission {
        let detail = text.shown(failure.detail)
        guard !failure.requestMayHaveLeft else {
            return BulkSubmission(
                status: .unknown,
                reason: "the request left and no whole answer came: \(detail); the accounts may be registered")
        }
        var submission = BulkSubmission(status: .notAttempted, reason: "the API could not be reached: \(detail)")
        submission.obstacle = failure.kind == .cancelled ? .cancelled : .unreachable
        submission.retry = failure.kind == .cancelled ? .no : .once
        return submission
    }

    /// Reads a response to the question for progress.
    func poll(_ response: HTTPResponse, now: Date) -> BulkPoll {
        let isSuccess = (200..<300).contains(response.status)
        guard isSuccess, let answer = JSONValue(answer: response.body, limit: Self.octets),
            answer["success"] != .bool(false), let job = answer["job"] ?? (answer["status"] == nil ? nil : answer)
        else {
            let reason = ErrorDetail(text: text).reason(in: response.body) ?? "no reason given"
            let isLater = [429, 500, 502, 503, 504].contains(response.status)
            return .failed(
                reason: "HTTP \(response.status): \(reason)",
                retryAfter: isLater ? RetryDelay.seconds(response, now: now) : nil)
        }
        return .progress(
            BulkProgress(
                jobID: shown(job["job_id"]), status: shown(job["status"]),
                percentage: job["progress_percentage"]?.integer, total: job["total_rows"]?.integer,
                processed: job["processed_count"]?.integer, successCount: job["success_count"]?.integer,
                failedCount: job["failed_count"]?.integer,
                startedAt: job["started_at"]?.text.flatMap(APITime.timestamp),
                completedAt: job["completed_at"]?.text.flatMap(APITime.timestamp), results: results(job["results"])))
    }

    private func accepted(_ response: HTTPResponse) -> BulkSubmission {
        guard let answer = JSONValue(answer: response.body, limit: Self.octets), case .object = answer else {
            return end(.unknown, response, "the API answered with success, but its answer cannot be read")
        }
        let success = answer["success"]
        if success == .bool(false) || success?.number == 0 || success?.text?.lowercased() == "false" {
            return end(.refused, response, "the API answered that it did not succeed")
        }
        var submission = end(.accepted, response, "the API took the accounts")
        submission.jobID = (answer["job_id"]?.text ?? answer["job_id"]?.integer.map(String.init)).flatMap(Self.jobID)
        submission.total = answer["total"]?.integer
        submission.successCount = answer["success_count"]?.integer
        submission.failedCount = answer["failed_count"]?.integer
        submission.results = results(answer["results"])
        if success != .bool(true), submission.jobID == nil, submission.results.isEmpty {
            submission.status = .unknown
            submission.reason = "the API's status says success and its answer does not"
        }
        return submission
    }

    /// It goes into a path: nothing odd is taken for one.
    private static func jobID(_ text: String) -> String? {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
    }

    private func results(_ value: JSONValue?) -> [BulkItemResult] {
        (value?.elements ?? []).prefix(BulkRequest.most).map { item in
            let status = item["status"]?.text
            let message = item["error"] ?? item["message"] ?? item["detail"]
            return BulkItemResult(
                address: (item["email_address"] ?? item["email"])?.text?.lowercased(),
                succeeded: succeeded(item, status), inboxID: shown(item["inbox_id"]),
                status: status.map { text.shown($0, limit: 60) },
                message: message.flatMap { $0.text ?? $0["message"]?.text }.map { text.shown($0) })
        }
    }

    /// A flag, else a word that leaves no doubt; an id alone proves success where nothing speaks of an error.
    private func succeeded(_ item: JSONValue, _ status: String?) -> Bool? {
        if case .bool(let flag)? = item["success"] {
            // One that says both leaves open what was stored.
            let state = status ?? item["overall_status"]?.text
            return flag && state.map(AccountState.isFailed) == true ? nil : flag
        }
        switch status?.lowercased() {
        case "success", "succeeded", "created", "completed", "active": return true
        case "failed", "failure", "error", "rejected", "skipped": return false
        default: return item["inbox_id"] != nil && item["error"] == nil ? true : nil
        }
    }

    /// `{"loc": ["body", "inboxes", 3, "smtp_port"], "msg": ...}` is about the account at place 3.
    private func problems(_ body: [UInt8]) -> [BulkSubmission.Problem] {
        let entries = JSONValue(answer: body, limit: Self.octets)?["detail"]?.elements ?? []
        return entries.prefix(1_000).compactMap { entry in
            let path = entry["loc"]?.elements ?? []
            guard let list = path.firstIndex(of: .text("inboxes")), path.indices.contains(list + 1),
                let place = path[list + 1].integer, let message = entry["msg"]?.text
            else { return nil }
            let field = path[(list + 2)...].compactMap { $0.text ?? $0.integer.map(String.init) }
            let name = field.isEmpty ? "" : text.shown(field.joined(separator: "."), limit: 80) + ": "
            return BulkSubmission.Problem(place: place, text: name + text.shown(message))
        }
    }

    private func shown(_ value: JSONValue?) -> String? {
        (value?.text ?? value?.integer.map(String.init)).map { text.shown($0, limit: 100) }
    }

    private func end(
        _ status: BulkSubmission.Status, _ response: HTTPResponse, _ reason: String
    ) -> BulkSubmission {
        let quoted = ErrorDetail(text: text).reason(in: response.body)
        let why = status == .accepted ? "" : quoted.map { ": " + $0 } ?? ""
        return BulkSubmission(
            status: status, reason: "\(reason) (HTTP \(response.status))\(why)", httpStatus: response.status)
    }
}

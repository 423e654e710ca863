import MailModel
import MailNetwork

/// Many accounts in one request, and how far the API is with them. Each call is one request.
extension RegistrationClient {
    private static let bulk = ["sender-accounts", "smtp", "bulk"]

    /// Sends many accounts.
    ///
    /// - Parameters:
    ///   - request: The accounts.
    ///   - permits: For each account the proof that both its logins passed in this run, in the same order.
    ///   - timeout: How long it may take; nil for the option's time.
    /// - Returns: How it ended. It never throws.
    public func submit(
        _ request: BulkRequest, permits: [RegistrationPermit], timeout: Duration? = nil
    ) async -> BulkSubmission {
        await submit(request, permits: permits, timeout: timeout, reader: reader(for: request))
    }

    /// What reads the answers to a request. To know all its secrets takes time: whoever follows a job makes it once.
    func reader(for request: BulkRequest) -> BulkAnswer {
        BulkAnswer(text: AnswerText(secrets: request.secrets + [key.secret]))
    }

    /// The same with a reader that is there already.
    func submit(
        _ request: BulkRequest, permits: [RegistrationPermit], timeout: Duration?, reader answer: BulkAnswer
    ) async -> BulkSubmission {
        let isCovered =
            permits.count == request.accounts.count
            && zip(request.accounts, permits).allSatisfy { account, permit in permit.covers(account) }
        guard isCovered else {
            var submission = BulkSubmission(
                status: .notAttempted, reason: "the request is not what the logins of this run proved")
            submission.obstacle = .notPermitted
            return submission
        }
        guard !Task.isCancelled else {
            var submission = BulkSubmission(status: .notAttempted, reason: "cancelled before anything was sent")
            submission.obstacle = .cancelled
            return submission
        }
        do {
            let call = call("POST", Self.bulk, body: request.body, timeout: timeout)
            return answer.submission(try await send(call), now: now)
        } catch {
            return answer.submission(error)
        }
    }

    /// Asks how far a job is.
    ///
    /// - Parameters:
    ///   - jobID: The job, as `submit` named it.
    ///   - request: Its accounts, whose passwords must not show up in what comes back.
    ///   - timeout: How long it may take; nil for the option's time.
    /// - Returns: The progress, or why it could not be learnt.
    public func progress(
        of jobID: String, _ request: BulkRequest, timeout: Duration? = nil
    ) async -> BulkPoll {
        await progress(of: jobID, timeout: timeout, reader: reader(for: request))
    }

    /// The same with a reader that is there already.
    func progress(of jobID: String, timeout: Duration?, reader answer: BulkAnswer) async -> BulkPoll {
        do {
            let call = call("GET", Self.bulk + [jobID, "progress"], body: nil, timeout: timeout)
            return answer.poll(try await send(call), now: now)
        } catch {
            return .failed(reason: answer.text.shown(error.detail), retryAfter: error.kind == .cancelled ? nil : 10)
        }
    }
}

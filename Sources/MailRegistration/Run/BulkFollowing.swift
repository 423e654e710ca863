import MailModel

/// Sends one bulk request and follows its job until every account has an end or the time is over.
struct BulkFollowing {
    let client: RegistrationClient
    let pace: RequestPace
    let clock: RegistrationClock
    let deadline: Duration

    /// Pauses between questions, longer and longer: few accounts are through at once, and 1,000 requests an hour are shared by
    /// everything.
    private static let pauses = [1, 2, 4, 8, 15, 20, 30].map { Duration.seconds($0) }

    /// What became of each account, in the order of the request.
    func outcomes(of request: BulkRequest, permits: [RegistrationPermit]) async -> [RegistrationOutcome] {
        let reader = client.reader(for: request)
        let submission = await submit(request, permits, reader)
        guard submission.status == .accepted else {
            return request.accounts.indices.map { end(submission, request, $0) }
        }
        var results = submission.results
        var reason = "the API took it to work off, and its result did not come in time"
        if let job = submission.jobID {
            let (found, why) = await follow(job, reader)
            results += found
            reason = why ?? reason
        }
        return request.accounts.map { account in
            // The last word on an address counts: earlier ones may be provisional.
            let result = results.last { $0.address == account.address.description.lowercased() && $0.succeeded != nil }
            return outcome(account, result, reason)
        }
    }

    private func submit(
        _ request: BulkRequest, _ permits: [RegistrationPermit], _ reader: BulkAnswer
    ) async -> BulkSubmission {
        var tries = 0
        var failures = 0
        while true {
            guard await makeRoom() else {
                var submission = BulkSubmission(
                    status: .notAttempted, reason: "the API's rate limit is used up by earlier requests")
                submission.obstacle = .rateLimited
                return submission
            }
            let submission = await client.submit(request, permits: permits, timeout: remaining, reader: reader)
            tries += 1
            failures += submission.status == .notAttempted ? 1 : 0
            guard let pause = RetryRule.pause(after: submission, tries: tries, failures: failures), await wait(pause)
            else {
                return submission
            }
        }
    }

    private func follow(_ job: String, _ reader: BulkAnswer) async -> ([BulkItemResult], String?) {
        var results: [BulkItemResult] = []
        var polls = 0
        while await wait(Self.pauses[min(polls, Self.pauses.count - 1)]), await makeRoom() {
            polls += 1
            switch await client.progress(of: job, timeout: remaining, reader: reader) {
            case .progress(let progress):
                results = progress.results.isEmpty ? results : progress.results
                if progress.isFinished { return (results, "the API's job ended without a word on it") }
            case .failed(let reason, let retryAfter):
                guard let retryAfter, await wait(.seconds(retryAfter)) else {
                    return (results, "the API took it to work off, and does not tell the result: \(reason)")
                }
            }
        }
        return (results, nil)
    }

    private func outcome(
        _ account: RegistrationRequest, _ result: BulkItemResult?, _ reason: String
    ) -> RegistrationOutcome {
        var outcome = RegistrationOutcome(
            status: .unknown, reason: reason, dailyLimit: account.dailyLimit, request: account.redactedFields)
        guard let result, let succeeded = result.succeeded else { return outcome }
        outcome.status = succeeded ? .registered : .refused
        outcome.reason = result.message ?? (succeeded ? "the account was registered" : "the API refused the account")
        outcome.inboxID = result.inboxID
        outcome.overallStatus = result.status
        return outcome
    }

    /// The end of one account when the whole request was not accepted.
    private func end(_ submission: BulkSubmission, _ request: BulkRequest, _ place: Int) -> RegistrationOutcome {
        let own = submission.problems.filter { $0.place == place }.map(\.text)
        let isOthers = own.isEmpty && !submission.problems.isEmpty
        let reason =
            own.isEmpty
            ? submission.reason + (isOthers ? "; the request was refused for another account's sake" : "")
            : own.joined(separator: "; ")
        let status: RegistrationOutcome.Status =
            switch submission.status {
            case .refused: .refused
            case .notAttempted: .notAttempted
            case .accepted, .unknown: .unknown
            }
        return RegistrationOutcome(
            status: status, reason: reason, dailyLimit: request.accounts[place].dailyLimit,
            httpStatus: submission.httpStatus, request: request.accounts[place].redactedFields,
            obstacle: submission.obstacle, retry: submission.retry)
    }

    private var remaining: Duration { max(.zero, deadline - clock.elapsed()) }

    private func makeRoom() async -> Bool {
        guard let pause = await pace.reserve(now: clock.now(), patience: remaining) else { return false }
        return pause == .zero ? true : await wait(pause)
    }

    private func wait(_ pause: Duration) async -> Bool {
        guard pause + .seconds(1) <= remaining else { return false }
        do {
            try await clock.sleep(pause)
            return !Task.isCancelled
        } catch {
            return false
        }
    }
}

extension RetryRule {
    /// The same rule for a whole bulk request.
    static func pause(after submission: BulkSubmission, tries: Int, failures: Int) -> Duration? {
        let status: RegistrationOutcome.Status =
            switch submission.status {
            case .accepted: .registered
            case .refused: .refused
            case .unknown: .unknown
            case .notAttempted: .notAttempted
            }
        return pause(
            after: RegistrationOutcome(
                status: status, reason: "", httpStatus: submission.httpStatus, obstacle: submission.obstacle,
                retry: submission.retry), tries: tries, failures: failures)
    }
}

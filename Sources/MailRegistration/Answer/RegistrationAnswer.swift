import FoundationEssentials
import MailJSON
import MailModel
import MailNetwork

/// Turns what came back from the API into an outcome. Pure: it sends nothing and knows no clock.
///
/// The rule behind the table: `registered` and `refused` are said only where the API said so. Whatever leaves open
/// whether the account was stored is `unknown`.
struct RegistrationAnswer {
    let request: RegistrationRequest
    let text: AnswerText

    /// Reads a response.
    ///
    /// - Parameters:
    ///   - response: The response, whatever its status.
    ///   - now: The time now, for delays that name a time.
    /// - Returns: What became of the registration.
    func outcome(of response: HTTPResponse, now: Date) -> RegistrationOutcome {
        switch response.status {
        case 200..<300: return success(response)
        case 300..<400: return end(.refused, response, "the API answered with a redirect, which is not followed")
        case 409: return alreadyRegistered(response)
        case 429, 503:
            var outcome = end(.refused, response, "the API asks to try later", quoting: true)
            outcome.retry = .afterSeconds(RetryDelay.seconds(response, now: now))
            return outcome
        case 400..<500: return end(.refused, response, "the API refused the account", quoting: true)
        default: return end(.unknown, response, "the API failed; the account may be registered or not", quoting: true)
        }
    }

    /// Reads a failure.
    ///
    /// - Parameter failure: Why there is no response.
    /// - Returns: What became of the registration.
    func outcome(of failure: HTTPFailure) -> RegistrationOutcome {
        let detail = text.shown(failure.detail)
        switch (failure.kind, failure.requestMayHaveLeft) {
        case (.redirect, _): return end(.refused, "the API answered with a redirect, which is not followed")
        case (_, true):
            return end(.unknown, "the request left and no whole answer came: \(detail); the account may be registered")
        case (.cancelled, false): return notSent(.cancelled, "cancelled before anything was sent")
        case (_, false): return notSent(.unreachable, "the API could not be reached: \(detail)")
        }
    }

    private func success(_ response: HTTPResponse) -> RegistrationOutcome {
        guard let answer = JSONValue(answer: response.body), case .object = answer else {
            return end(.unknown, response, "the API answered with success, but its answer cannot be read")
        }
        let success = answer["success"]
        if success == .bool(false) || success?.number == 0 || success?.text?.lowercased() == "false" {
            return end(.refused, response, "the API answered that it did not succeed", quoting: true)
        }
        // Registered is said only where the API said so.
        guard success == .bool(true) || identifier(answer["inbox_id"]) != nil else {
            return end(.unknown, response, "the API's status says success and its answer does not", quoting: true)
        }
        return registered(answer, status: response.status)
    }

    /// The documented members are nine; none of them is needed here. One that speaks of another account, or of one that
    /// failed, leaves open what was stored: then everything that came back is told, and nothing is claimed.
    private func registered(_ answer: JSONValue, status: Int) -> RegistrationOutcome {
        let message = answer["message"]?.text.map { text.shown($0) }
        var outcome = end(.registered, message ?? "the account was registered")
        if let doubt = doubt(answer) {
            outcome = end(.unknown, "\(doubt) (HTTP \(status))\(message.map { ": " + $0 } ?? "")")
        }
        outcome.inboxID = identifier(answer["inbox_id"])
        outcome.overallStatus = identifier(answer["overall_status"])
        outcome.dailyLimit = answer["daily_limit"]?.integer ?? request.dailyLimit
        outcome.createdAt = answer["created_at"]?.text.flatMap(APITime.timestamp)
        outcome.httpStatus = status
        return outcome
    }

    /// What in an answer of success speaks against it; nil where nothing does.
    private func doubt(_ answer: JSONValue) -> String? {
        if let address = answer["email_address"]?.text,
            address.lowercased() != request.address.description.lowercased()
        {
            return "the API answered with success, and for another address: \(text.shown(address, limit: 100))"
        }
        guard let state = answer["overall_status"]?.text, AccountState.isFailed(state) else { return nil }
        return "the API answered with success, and says that the account is \(text.shown(state, limit: 60))"
    }

    /// The account is there, with settings and a limit that are not known: so ours are not claimed.
    private func alreadyRegistered(_ response: HTTPResponse) -> RegistrationOutcome {
        var outcome = end(.alreadyRegistered, response, "the API has this account already", quoting: true)
        outcome.dailyLimit = nil
        return outcome
    }

    private func identifier(_ value: JSONValue?) -> String? {
        (value?.text ?? value?.integer.map(String.init)).map { text.shown($0, limit: 100) }
    }

    private func notSent(_ obstacle: RegistrationOutcome.Obstacle, _ reason: String) -> RegistrationOutcome {
        var outcome = end(.notAttempted, reason)
        outcome.obstacle = obstacle
        outcome.retry = obstacle == .unreachable ? .once : .no
        return outcome
    }

    private func end(
        _ status: RegistrationOutcome.Status, _ response: HTTPResponse, _ reason: String, quoting: Bool = false
    ) -> RegistrationOutcome {
        let quoted = quoting ? ErrorDetail(text: text).reason(in: response.body).map { ": " + $0 } ?? "" : ""
        var outcome = end(status, "\(reason) (HTTP \(response.status))\(quoted)")
        outcome.httpStatus = response.status
        return outcome
    }

    private func end(_ status: RegistrationOutcome.Status, _ reason: String) -> RegistrationOutcome {
        RegistrationOutcome(
            status: status, reason: reason, dailyLimit: request.dailyLimit, request: request.redactedFields)
    }
}

/// The API's words for the state of an account. Its documentation lists PENDING, ACTIVE, PAUSED and DISABLED, and may not be
/// complete.
enum AccountState {
    /// Whether a word says that the account was not made as it should be.
    static func isFailed(_ state: String) -> Bool {
        ["fail", "error", "reject", "invalid"].contains { state.lowercased().contains($0) }
    }
}

import MailModel

/// A check's end in a few words.
enum CheckWords {
    /// What it saw or why it ended, with the ids of the findings that explain it.
    static func summary(of check: ReportedCheck) -> String {
        let words = ending(of: check)
        let ids = check.findings.map(\.id.description)
        return ids.isEmpty ? words : "\(words) (\(ids.joined(separator: ", ")))"
    }

    /// What it saw or why it ended, with the server's words whole.
    static func whole(of check: ReportedCheck) -> String {
        guard case .failed(let failure) = check.observation.outcome, case .rejected = failure else {
            return ending(of: check)
        }
        return FailureWords.summary(of: failure)
    }

    private static func ending(of check: ReportedCheck) -> String {
        let observation = check.observation
        switch observation.outcome {
        case .observed: return FactWords.summary(of: observation)
        case .failed(let failure):
            if case .dns(let response)? = observation.facts { return DNSWords.summary(of: response) }
            let words = explained(failure, by: check.findings)
            guard observation.stage == .connect, let endpoint = observation.endpoint else { return words }
            return "\(endpoint): \(words)"
        case .blocked(let id): return "not run, since this failed: \(CheckTitle.title(of: id))"
        case .skipped(let reason): return "skipped: \(reason.words)"
        case .broke(let reason): return "this program's own mistake: \(reason)"
        }
    }

    /// A reply that a finding quotes anyway is cut to its codes.
    private static func explained(_ failure: Failure, by findings: [Finding]) -> String {
        guard case .rejected(let reply) = failure, findings.contains(where: { $0.serverText != nil }) else {
            return FailureWords.summary(of: failure)
        }
        let codes = ServerReply(
            code: reply.code, enhancedCode: reply.enhancedCode, status: reply.status, responseCode: reply.responseCode,
            text: ServerText(""))
        return codes.quoted.isEmpty ? FailureWords.summary(of: failure) : "refused, \(codes.quoted)"
    }
}

/// The end of a registration in words.
enum RegistrationWords {
    static func headline(_ status: RegistrationOutcome.Status) -> String {
        switch status {
        case .registered: "registered"
        case .alreadyRegistered: "already registered"
        case .notAttempted: "not attempted"
        case .refused: "refused"
        case .unknown: "not known whether it was registered"
        }
    }

    static func text(of value: RequestField.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .redacted: Redactor.mask
        }
    }
}

import MailModel

/// The server hung up in the middle of the dialogue.
struct ClosedConnectionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .closed(let reset, let lastWords) = failure, let endpoint = observation.endpoint else {
                return nil
            }
            return Finding(
                .serverBusy, confidence: 0.5, on: observation,
                .hungUp(endpoint, stage: observation.stage, reset: reset, lastWords: lastWords))
        }
    }
}

extension FindingWords {
    fileprivate static func hungUp(
        _ endpoint: Endpoint, stage: Stage, reset: Bool, lastWords: ServerText?
    ) -> Self {
        var steps = ["Try again in a few minutes."]
        switch stage {
        case .greeting:
            steps.append("If it stays so, ask the provider whether our network address is blocked.")
        case .auth:
            steps.append("Look for a notice about a blocked sign-in in the mailbox or in the provider's console.")
        default:
            steps.append("Check that port and TLS mode fit: 587 and 143 begin in clear, 465 and 993 with TLS.")
        }
        return FindingWords(
            summary: "\(endpoint.host) \(reset ? "reset" : "closed") the connection at the stage "
                + "\"\(stage.rawValue)\" without an answer.",
            detail: "That is how overloaded servers, firewalls and blocked network addresses show.",
            serverText: lastWords?.escaped, remedy: Remedy(who: .support, steps: steps), retry: .afterSeconds(300))
    }
}

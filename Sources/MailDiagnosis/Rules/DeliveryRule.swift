import MailModel

/// What became of the test message that the mailbox sent to itself (`--send-test`).
struct DeliveryRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.flatMap { observation -> [Finding] in
            guard case .delivery(let facts)? = observation.facts, facts.accepted != nil,
                observation.outcome == .observed
            else { return [] }
            guard let place = facts.arrivedIn else {
                return [Finding(.deliveryNotSeen, severity: .warning, confidence: 0.8, on: observation, .notSeen())]
            }
            let bad = facts.methods.filter { ["fail", "softfail", "permerror", "temperror"].contains($0.result) }
            guard !bad.isEmpty else { return [] }
            return [
                Finding(
                    .deliveryNotAuthenticated, severity: .warning, confidence: 0.9, on: observation,
                    .notAuthenticated(bad, place))
            ]
        }
    }
}

extension FindingWords {
    fileprivate static func notSeen() -> Self {
        FindingWords(
            summary: "The test message was taken, and did not arrive within the time of this run.",
            detail: "It may be under way, held back, or in a folder that was not looked at.",
            remedy: Remedy(
                who: .user,
                steps: ["Look for it in the mailbox and its junk folder.", "Give it more time with --timeout SECONDS."])
        )
    }

    fileprivate static func notAuthenticated(_ methods: [DeliveryFacts.Method], _ place: ServerText) -> Self {
        let words = methods.map { "\($0.name)=\($0.result)" }.joined(separator: ", ")
        return FindingWords(
            summary: "The test message arrived in \(place), and checks of its origin failed: \(words).",
            detail: "That is what the receiving server wrote on it (Authentication-Results).",
            remedy: Remedy(
                who: .admin, steps: ["Mend the DNS records of SPF, DKIM and DMARC as the other findings say."],
                links: ["https://www.rfc-editor.org/rfc/rfc8601"]))
    }
}

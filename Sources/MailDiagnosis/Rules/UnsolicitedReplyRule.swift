import MailModel

/// Responses came before the login that nobody had asked for. They were not believed; it is told anyway.
struct UnsolicitedReplyRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .capabilities(let facts)? = observation.facts, facts.unsolicited > 0 else { return nil }
            return Finding(
                .unsolicitedReply, severity: .warning, confidence: 0.8, on: observation,
                .unsolicited(facts.unsolicited, at: observation.place))
        }
    }
}

extension FindingWords {
    fileprivate static func unsolicited(_ count: Int, at place: String) -> Self {
        FindingWords(
            summary: "\(place) sent data about a mailbox before any login (\(count) responses); it was thrown away.",
            detail: "A sound server says nothing about mailboxes before it knows who asks. "
                + "This is how an attacker on the way plants messages and folders of his own.",
            remedy: Remedy(
                who: .support,
                steps: [
                    "Compare with another network: if it happens in one only, that network tampers with mail.",
                    "Tell the server's operator if it happens everywhere.",
                ],
                links: ["https://www.usenix.org/conference/usenixsecurity21/presentation/poddebniak"]))
    }
}

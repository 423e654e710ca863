import MailModel
import ProviderCatalog

/// The server said no: its reply is looked up in the catalogue of signatures; an unknown one is quoted, never guessed at.
struct ReplyRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard let reply = Self.refusal(observation), !ReferralRule.isReferral(reply) else { return nil }
            let matches = input.signatures.matches(
                reply: reply, service: observation.service, stage: observation.stage, provider: input.provider.id)
            if let refusal = TokenRefusal(observation, reply, best: matches.first?.signature.finding) {
                return refusal.finding
            }
            guard let best = matches.first else { return Self.unknown(reply, observation) }
            return Finding(
                id: best.signature.finding, severity: best.signature.severity, confidence: best.confidence,
                service: observation.service, stage: observation.stage, summary: best.signature.summary,
                detail: best.signature.detail, serverText: reply.quoted,
                evidence: [observation.id.description, "signature:\(best.signature.id)"],
                remedy: best.signature.remedy, retry: best.signature.retry)
        }
    }

    private static func refusal(_ observation: Observation) -> ServerReply? {
        if case .failed(.rejected(let reply)) = observation.outcome { return reply }
        if case .mailbox(let facts)? = observation.facts { return facts.inboxRefusal }
        return nil
    }

    private static func unknown(_ reply: ServerReply, _ observation: Observation) -> Finding {
        let isTemporary = reply.code.map { (400..<500).contains($0) } ?? false
        var finding = Finding(
            .unknownReply, confidence: 0.5, on: observation,
            .unknown(reply, at: observation, meaning: Self.meaning(of: reply)))
        if isTemporary { finding.retry = .afterSeconds(300) }
        return finding
    }

    /// What the class of a code says by itself (RFC 5321, section 4.2.1; RFC 9051, section 7.1).
    private static func meaning(of reply: ServerReply) -> String {
        switch reply.code {
        case .some(400..<500): return "A code that begins with 4 is a temporary refusal."
        case .some(500..<600): return "A code that begins with 5 is a refusal for good."
        default: break
        }
        switch reply.status {
        case "NO": return "NO means that the server understood and declines."
        case "BAD": return "BAD means that the server did not understand the command."
        case "BYE": return "BYE means that the server ends the session."
        default: return "The reply fits no class."
        }
    }
}

extension FindingWords {
    fileprivate static func unknown(_ reply: ServerReply, at observation: Observation, meaning: String) -> Self {
        FindingWords(
            summary: "\(observation.place) refused at the stage \"\(observation.stage.rawValue)\" "
                + "with words that are not in the catalogue.",
            detail: meaning, serverText: reply.quoted,
            remedy: Remedy(
                who: .support,
                steps: [
                    "Ask the provider what its reply means; it is quoted above.",
                    "Report the reply, so that it can be added to the catalogue.",
                ]))
    }
}

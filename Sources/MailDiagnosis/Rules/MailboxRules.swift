import MailModel

/// The mailbox is full, or nearly so: mail to it will be refused.
struct QuotaRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .mailbox(let facts)? = observation.facts,
                let quota = facts.quotas.first(where: Self.isNearlyUsed)
            else { return nil }
            return Finding(
                .quotaExceeded, severity: .warning, confidence: 0.9, on: observation, .full(observation.place, quota))
        }
    }

    /// From 95 per cent on.
    private static func isNearlyUsed(_ quota: QuotaFacts) -> Bool {
        quota.limit > 0 && quota.used >= quota.limit - quota.limit / 20
    }
}

extension FindingWords {
    fileprivate static func full(_ place: String, _ quota: QuotaFacts) -> Self {
        let unit = quota.resource == "STORAGE" ? "KiB" : quota.resource.lowercased() + "s"
        return FindingWords(
            summary: "The mailbox is nearly full: \(quota.used) of \(quota.limit) \(unit) are used.",
            detail: "A full mailbox takes no answers: senders get them back.",
            remedy: Remedy(who: .user, steps: ["Delete old mail and empty the trash, or get more room."]))
    }
}

/// What became of the test message that the mailbox sent to itself.
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
                steps: ["Look for it in the mailbox and its junk folder.", .giveMoreTime(seconds: nil)])
        )
    }

    fileprivate static func notAuthenticated(_ methods: [DeliveryFacts.Method], _ place: ServerText) -> Self {
        let words = methods.map { "\($0.name)=\($0.result)" }.joined(separator: ", ")
        return FindingWords(
            summary: "The test message arrived in \(place), and checks of its origin failed: \(words).",
            detail: "That is what the receiving server wrote on it (Authentication-Results).",
            remedy: Remedy(
                who: .admin, steps: ["Fix the DNS records of SPF, DKIM and DMARC as the other findings say."],
                links: ["https://www.rfc-editor.org/rfc/rfc8601"]))
    }
}

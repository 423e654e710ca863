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

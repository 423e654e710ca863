import MailModel

/// The DMARC policy of the sending domain (RFC 7489): missing, or without effect. Never an error.
struct DMARCRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .dmarc(let facts)? = observation.facts, observation.outcome == .observed else { return nil }
            if facts.recordCount == 0 {
                return Finding(
                    .dmarcMissing, severity: .info, confidence: 0.9, on: observation, .missing(facts))
            }
            guard facts.recordCount > 1 || facts.policy == nil else { return nil }
            return Finding(
                .dmarcInvalid, severity: .warning, confidence: 0.95, on: observation, .invalid(facts))
        }
    }
}

extension FindingWords {
    private static let link = "https://www.rfc-editor.org/rfc/rfc7489"

    fileprivate static func missing(_ facts: DMARCFacts) -> Self {
        let above = facts.organizationalLookup.map { ", and none at \($0.name)" } ?? ""
        return FindingWords(
            summary: "There is no DMARC record at \(facts.lookup.name)\(above).",
            detail: "Large receivers ask it of whoever sends many messages.",
            remedy: Remedy(who: .admin, steps: ["Publish one; \"v=DMARC1; p=none\" is a beginning."], links: [link]))
    }

    fileprivate static func invalid(_ facts: DMARCFacts) -> Self {
        FindingWords(
            summary: facts.recordCount > 1
                ? "There are \(facts.recordCount) DMARC records at \(facts.decisiveLookup.name), which count as none."
                : "The DMARC record at \(facts.decisiveLookup.name) has no policy that counts.",
            detail: facts.problems.isEmpty
                ? "Receivers ignore it." : "Wrong in it: \(facts.problems.joined(separator: ", ")).",
            remedy: Remedy(
                who: .admin, steps: ["Keep one record, with p=none, p=quarantine or p=reject."], links: [link]))
    }
}

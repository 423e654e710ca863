import MailModel

/// A check broke. That is our own mistake, and it is never read as a pass.
struct BrokenCheckRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .broke(let what) = observation.outcome else { return nil }
            return Finding(.internalError, confidence: 1, on: observation, .broke(what))
        }
    }
}

extension FindingWords {
    fileprivate static func broke(_ what: String) -> Self {
        FindingWords(
            summary: "A check broke: \(what). This is a mistake in mailconnect.",
            detail: "What this check would have shown is not known.",
            remedy: Remedy(who: .support, steps: ["Report it with the JSON report attached."]), retry: .once)
    }
}

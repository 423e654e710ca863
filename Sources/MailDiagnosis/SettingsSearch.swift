public import MailModel

/// How the search for settings ended.
public enum SettingsSearch: Hashable, Sendable {
    /// There are settings.
    case found
    /// Everybody answered, and nobody knows any.
    case nothing
    /// Somebody did not answer, or was not asked.
    case inconclusive

    /// Tells it from what a run found out.
    ///
    /// - Parameter diagnosis: The run, before it is judged.
    public init(_ diagnosis: Diagnosis) {
        let open: Set<EvidenceOutcome> = [.timedOut, .refused, .broken, .notAsked, .notTrusted]
        if diagnosis.settings != nil {
            self = .found
        } else {
            let wasProbed = diagnosis.evidence.contains { $0.source == "probe" }
            self = wasProbed && !diagnosis.evidence.contains { open.contains($0.outcome) } ? .nothing : .inconclusive
        }
    }
}

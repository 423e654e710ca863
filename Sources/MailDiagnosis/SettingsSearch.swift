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
        if diagnosis.settings != nil {
            self = .found
            return
        }
        let wasProbed = diagnosis.evidence.contains { $0.source == .probe }
        let isOpen = diagnosis.evidence.contains { line in
            // A web server that turns the question down has nothing to say; a name that cannot be looked up might.
            line.kind == .document
                ? line.outcome == .timedOut
                : [.timedOut, .refused, .broken, .notAsked, .notTrusted].contains(line.outcome)
        }
        self = wasProbed && !isOpen ? .nothing : .inconclusive
    }
}

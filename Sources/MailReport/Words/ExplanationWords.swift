import MailModel

/// Sentences on a pasted text that every form shares.
enum ExplanationWords {
    /// Groups that a page shows; JSON holds all of them.
    static let shownFailures = 20

    /// What was left out, nil when nothing was.
    static func rest(of failures: [ExplainedFailure]) -> String? {
        let rest = failures.dropFirst(shownFailures)
        guard !rest.isEmpty else { return nil }
        return "and \(rest.count) older groups with \(rest.reduce(0) { $0 + $1.count }) lines, left out here"
    }

    /// `3 times for jane@example.com, lines 10 to 210: The server does not answer in time. (connect_timeout)`.
    static func sentence(for failure: ExplainedFailure) -> String {
        let times = failure.count == 1 ? "once" : "\(failure.count) times"
        let account = failure.account.map { " for \(ServerText($0).escaped)" } ?? ""
        let lines =
            failure.firstLine == failure.lastLine
            ? "line \(failure.lastLine)" : "lines \(failure.firstLine) to \(failure.lastLine)"
        let id = failure.id.description
        let meaning = FindingGlossary.entry(of: id).map { "\($0.meaning) (\(id))" } ?? id
        return "\(times)\(account), \(lines): \(meaning)"
    }
}

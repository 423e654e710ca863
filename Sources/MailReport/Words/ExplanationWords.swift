import MailModel

/// Sentences on a pasted text that every form shares.
enum ExplanationWords {
    /// `3 times connect_timeout for jane@example.com, lines 10 to 210`.
    static func sentence(for failure: ExplainedFailure) -> String {
        let times = failure.count == 1 ? "once" : "\(failure.count) times"
        let account = failure.account.map { " for \(ServerText($0).escaped)" } ?? ""
        let lines =
            failure.firstLine == failure.lastLine
            ? "line \(failure.lastLine)" : "lines \(failure.firstLine) to \(failure.lastLine)"
        return "\(times) \(failure.id)\(account), \(lines)"
    }
}

import MailModel

/// What each check saw, one row each.
extension TerminalPage {
    mutating func addChecks(of report: Report) {
        addHeading("Checks")
        if report.checks.isEmpty { add("No check was made.", indent: 2) }
        for check in report.checks { add(check) }
    }

    mutating func add(_ check: ReportedCheck) {
        let mark = mark(for: check.status)
        let time = check.observation.duration.map(TimeWords.text) ?? ""
        let row = TableRow(
            mark: mark.text, ink: mark.ink, title: check.title, text: CheckWords.summary(of: check), right: time)
        add(row, columns: TableRow.Columns(mark: style.unicode ? 1 : 4, title: 18, right: 9))
    }

    private func mark(for status: CheckStatus) -> (text: String, ink: Ink) {
        switch status {
        case .pass: (style.unicode ? "✓" : "ok", .green)
        case .warn: (style.unicode ? "!" : "warn", .yellow)
        case .fail, .broke: (style.unicode ? "✗" : "FAIL", .red)
        case .blocked, .skipped: (style.unicode ? "–" : "--", .faint)
        }
    }
}

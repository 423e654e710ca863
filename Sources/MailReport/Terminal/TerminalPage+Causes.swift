import MailModel

/// What each check saw, one row each.
extension TerminalPage {
    mutating func addChecks(of report: Report) {
        addHeading("Checks")
        if report.checks.isEmpty { add("No check was made.", indent: 2) }
        for check in report.checks { add(check) }
    }

    mutating func add(_ check: ReportedCheck) { add(check, words: CheckWords.summary(of: check)) }

    mutating func add(_ check: ReportedCheck, words: String) {
        let mark = mark(for: check.status)
        let time = check.observation.duration.map(TimeWords.text) ?? ""
        let row = TableRow(
            mark: mark.text, ink: mark.ink, title: check.title, text: words, right: time)
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

/// What is wrong, and what to do about it.
extension TerminalPage {
    mutating func addCauses(of report: Report) {
        let findings = report.orderedFindings
        addHeading("Causes")
        if findings.isEmpty {
            let isReady = report.diagnosis.verdict.isReady
            add(isReady ? "Nothing is wrong." : "No cause could be named.", indent: 2)
        }
        for (index, finding) in findings.enumerated() {
            if index > 0 { addBlank() }
            add(finding, number: index + 1)
        }
    }

    private mutating func add(_ finding: Finding, number: Int) {
        let lead = "\(number). "
        let summary = finding.summary.isEmpty ? finding.id.description : finding.summary
        add("\(FindingWords.side(of: finding)): \(summary)", lead: lead, ink: ink(for: finding.severity))
        let indent = TextWidth.of(lead)
        let sureness = FindingWords.percent(finding.confidence)
        add("\(finding.severity.rawValue), \(finding.id), \(sureness) sure", indent: indent)
        if !finding.detail.isEmpty { add(finding.detail, indent: indent) }
        if let words = finding.serverText { addQuotation(words, indent: indent) }
        addSteps(of: finding, indent: indent)
        for link in finding.remedy.links { add("Read more: \(link)", indent: indent) }
    }

    private mutating func addQuotation(_ words: String, indent: Int) {
        guard !words.isEmpty else { return add("The server gave no reason.", indent: indent) }
        add("The server said:", indent: indent)
        add("\"\(words)\"", indent: indent + 2)
    }

    private mutating func addSteps(of finding: Finding, indent: Int) {
        if finding.remedy.steps.isEmpty, finding.severity == .info {
            return add("There is nothing to do.", indent: indent)
        }
        add("Who must act: \(FindingWords.name(of: finding.remedy.who))", indent: indent)
        if finding.remedy.steps.isEmpty { add("What to do is not known.", indent: indent) }
        for (index, step) in finding.remedy.steps.enumerated() {
            add(words.text(step), lead: "\(index + 1)) ", indent: indent + 2)
        }
        add(FindingWords.sentence(for: finding.retry), indent: indent)
    }

    private func ink(for severity: Severity) -> Ink {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .info: .bold
        }
    }
}

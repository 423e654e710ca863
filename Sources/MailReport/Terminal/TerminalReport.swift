public import MailModel

/// The report as text for a terminal.
public enum TerminalReport {
    /// The whole report, with a line feed at its end.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - style: How text may look.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text: no line is wider than the style says but for links and quoted words that cannot be broken,
    ///   and no control character is in it but line feeds and, with colour, SGR sequences (ECMA-48).
    public static func render(
        _ report: Report, style: TerminalStyle, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = TerminalPage(style: style, words: remedyWords)
        if report.command == .detect {
            addDetection(report, to: &page)
        } else {
            addDiagnosis(report, to: &page)
        }
        if style.verbose { page.addTranscript(of: report.diagnosis) }
        page.addFooter(of: report)
        return page.text
    }

    /// What became of the registration alone, for a page that has shown the rest already.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - style: How text may look.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, with a line feed at its end.
    public static func renderRegistration(
        _ report: Report, style: TerminalStyle, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = TerminalPage(style: style, words: remedyWords)
        page.addRegistration(of: report)
        return page.text
    }

    /// The answer of a detection alone: provider and settings, without the ledger.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - style: How text may look.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, with a line feed at its end.
    public static func renderAnswer(
        _ report: Report, style: TerminalStyle, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = TerminalPage(style: style, words: remedyWords)
        page.addAnswer(of: report.diagnosis)
        page.addSettings(of: report.diagnosis)
        return page.text
    }

    /// The line of one check, for showing progress while others still run.
    ///
    /// - Parameters:
    ///   - observation: What the check saw.
    ///   - findings: The findings so far.
    ///   - style: How text may look.
    /// - Returns: The line, with a line feed at its end; several lines when it is too long for one.
    public static func checkLine(_ observation: Observation, findings: [Finding] = [], style: TerminalStyle) -> String {
        var page = TerminalPage(style: style)
        page.add(ReportedCheck(observation, findings: findings))
        return page.text
    }

    private static func addDetection(_ report: Report, to page: inout TerminalPage) {
        page.addAnswer(of: report.diagnosis)
        page.addSettings(of: report.diagnosis)
        page.addAlternatives(of: report.diagnosis)
        page.addCandidates(of: report.diagnosis)
        page.addLedger(of: report.diagnosis)
        page.addDisclosures(of: report.diagnosis)
        if !report.checks.isEmpty { page.addChecks(of: report) }
        if !report.diagnosis.findings.isEmpty { page.addCauses(of: report) }
        if report.diagnosis.dailyLimit != nil { page.addDailyLimit(of: report.diagnosis) }
        page.addVerdict(of: report)
    }

    private static func addDiagnosis(_ report: Report, to page: inout TerminalPage) {
        page.addHeader(of: report.diagnosis)
        page.addChecks(of: report)
        page.addCauses(of: report)
        page.addSettings(of: report.diagnosis)
        page.addVerdict(of: report)
        page.addDailyLimit(of: report.diagnosis)
        if report.command == .add || report.registration != nil { page.addRegistration(of: report) }
    }
}

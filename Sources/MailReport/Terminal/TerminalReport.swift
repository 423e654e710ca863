import MailModel

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
        page.addAnswer(ReportAnswer(report), of: report)
        if style.everything {
            addEverything(report, to: &page)
        } else {
            addWhatMatters(report, to: &page)
        }
        if style.verbose { page.addTranscript(of: report.diagnosis) }
        if style.everything {
            page.addFooter(of: report)
        } else if let more = remedyWords.more {
            page.addBlank()
            page.add(more, ink: .faint)
        }
        return page.text
    }

    /// The first screen alone: the answer, what to do and who does it.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - style: How text may look.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, with a line feed at its end.
    public static func renderFirst(
        _ report: Report, style: TerminalStyle, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = TerminalPage(style: style, words: remedyWords)
        page.addAnswer(ReportAnswer(report), of: report)
        if style.verbose { page.addTranscript(of: report.diagnosis) }
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

    /// The first sentence alone, with its mark, on one line however long.
    ///
    /// - Parameter report: The report.
    /// - Returns: The line, without a line feed.
    public static func headline(_ report: Report) -> String {
        let answer = ReportAnswer(report)
        return ServerText(TerminalPage.lead(answer.mark.rawValue) + answer.headline).escaped
    }

    /// What the command is about, and what is not as it should be.
    private static func addWhatMatters(_ report: Report, to page: inout TerminalPage) {
        switch report.command {
        case .detect:
            page.addLedger(of: report.diagnosis)
            page.addCandidates(of: report.diagnosis)
        case .add:
            page.addCheckSummary(of: report)
            page.addRegistration(of: report)
            if report.diagnosis.verdict.isReady { page.addDailyLimit(of: report.diagnosis) }
        default:
            page.addCheckSummary(of: report)
        }
    }

    private static func addEverything(_ report: Report, to page: inout TerminalPage) {
        page.addSettings(of: report.diagnosis)
        page.addAlternatives(of: report.diagnosis)
        if !report.checks.isEmpty { page.addChecks(of: report) }
        page.addCauses(of: report)
        page.addProvider(of: report.diagnosis)
        page.addCandidates(of: report.diagnosis)
        page.addLedger(of: report.diagnosis)
        page.addDisclosures(of: report.diagnosis)
        let canBeConnected = report.diagnosis.verdict != .actionNeeded
        if canBeConnected { page.addDailyLimit(of: report.diagnosis) }
        if report.command == .add || report.registration != nil { page.addRegistration(of: report) }
    }
}

public import MailModel

/// An explanation as text for a terminal: the answer first, then what else it can be.
public enum TerminalExplanation {
    /// The explanation, with a line feed at its end.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - style: How text may look.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, control characters escaped.
    public static func render(
        _ explanation: Explanation, style: TerminalStyle, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = TerminalPage(style: style, words: remedyWords)
        for (number, cause) in AnswerCause.causes(of: explanation.findings).enumerated() {
            if number == 1 { page.addHeading("Or, less likely") }
            if number > 0 { page.addBlank() }
            page.add(cause, isFirst: number == 0)
        }
        page.addSurer(explanation.surer)
        page.addFailures(explanation.failures)
        page.addOrigin(of: explanation)
        return page.text
    }
}

extension TerminalPage {
    fileprivate mutating func add(_ cause: AnswerCause, isFirst: Bool) {
        let isGuess = isFirst && cause.severity == .error && cause.confidence < 0.6
        addCause(cause, mark: Self.mark(of: cause), note: isGuess ? "A guess: the text fits other causes too." : "")
        guard isFirst else { return }
        for quote in cause.quotes.prefix(1) { add("\"\(quote.words)\"", lead: "      Seen: ") }
        if cause.severity == .error { add(FindingWords.sentence(for: cause.retry), indent: 6) }
        for link in cause.links { add("See \(link)", indent: 6) }
    }

    private static func mark(of cause: AnswerCause) -> ReportAnswer.Mark {
        guard cause.confidence >= 0.6 else { return .unclear }
        return switch cause.severity {
        case .error: .fail
        case .warning: .warn
        case .info: .ok
        }
    }

    /// What would make the answer surer.
    fileprivate mutating func addSurer(_ words: String?) {
        guard let words else { return }
        addBlank()
        add(words, lead: "Surer with: ")
    }

    /// The failures of a log, newest first.
    fileprivate mutating func addFailures(_ failures: [ExplainedFailure]) {
        guard !failures.isEmpty else { return }
        addHeading("Failures in this log, newest first")
        for failure in failures.prefix(ExplanationWords.shownFailures) {
            add(ExplanationWords.sentence(for: failure), indent: 6)
        }
        if let rest = ExplanationWords.rest(of: failures) { add(rest, indent: 6) }
    }

    /// Whose words they are, as far as that shows.
    fileprivate mutating func addOrigin(of explanation: Explanation) {
        let parts = [
            explanation.provider.map { "provider \(explanation.providerName ?? $0) (\($0))" },
            explanation.service.map { "protocol \($0.rawValue)" }, explanation.stage.map { "stage \($0.rawValue)" },
        ].compactMap { $0 }
        guard !parts.isEmpty else { return }
        addBlank()
        add("Seen in the text: " + parts.joined(separator: ", ") + ".", ink: .faint)
    }
}

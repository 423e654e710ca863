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
        for (number, finding) in explanation.findings.enumerated() {
            if number == 1 { page.addHeading("Or, less likely", ink: .bold) }
            if number > 1 { page.addBlank() }
            page.add(cause: finding, isFirst: number == 0)
        }
        page.addOrigin(of: explanation)
        return page.text
    }
}

extension TerminalPage {
    fileprivate mutating func add(cause finding: Finding, isFirst: Bool) {
        let indent = isFirst ? 0 : 2
        add(finding.summary, indent: indent, ink: isFirst ? ink(for: finding) : .plain)
        let isGuess = isFirst && finding.severity == .error && finding.confidence < 0.6
        let doubt = isGuess ? ": the text fits other causes too" : ""
        add("\(finding.id), \(FindingWords.percent(finding.confidence)) sure\(doubt)", indent: indent, ink: .faint)
        if !finding.detail.isEmpty, isFirst { add(finding.detail, indent: indent) }
        if let words = finding.serverText, isFirst, !words.isEmpty { add("\"\(words)\"", indent: indent + 2) }
        if isFirst { add("Who must act: \(FindingWords.name(of: finding.remedy.who))", indent: indent) }
        for (number, step) in finding.remedy.steps.enumerated() {
            add(
                self.words.text(step), lead: finding.remedy.steps.count > 1 ? "\(number + 1)) " : "- ",
                indent: indent + 2)
        }
        guard isFirst else { return }
        if finding.severity == .error { add(FindingWords.sentence(for: finding.retry), indent: indent) }
        for link in finding.remedy.links { add("Read more: \(link)", indent: indent) }
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

    private func ink(for finding: Finding) -> Ink {
        switch finding.severity {
        case .error: .red
        case .warning: .yellow
        case .info: .green
        }
    }
}

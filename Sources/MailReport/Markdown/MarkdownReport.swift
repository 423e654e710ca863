public import MailModel

/// The report as Markdown (CommonMark with tables as GitHub has them), for a ticket or a chat: the answer first, then what a
/// second reader wants to see. Whatever came from outside stands in code spans, where nothing of it is a link or a mention.
public enum MarkdownReport {
    /// Renders the report.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - verbose: Whether what was said on the wire is shown.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, with a line feed at its end.
    public static func render(
        _ report: Report, verbose: Bool = false, remedyWords: RemedyWords = .neutral
    ) -> String {
        var page = MarkdownPage(words: remedyWords)
        page.add(ReportAnswer(report))
        page.addSettings(of: report.diagnosis)
        page.addChecks(of: report)
        page.addRegistration(report.registration)
        if report.diagnosis.verdict.isReady || report.command == .detect { page.addLimit(report.diagnosis.dailyLimit) }
        if report.command == .detect { page.addEvidence(of: report.diagnosis) }
        if verbose { page.addTranscript(of: report.diagnosis) }
        page.addFooter(of: report)
        return page.text
    }

    /// Renders an explanation.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The text, with a line feed at its end.
    public static func render(_ explanation: Explanation, remedyWords: RemedyWords = .neutral) -> String {
        var page = MarkdownPage(words: remedyWords)
        for (number, cause) in AnswerCause.causes(of: explanation.findings).enumerated() {
            if number == 1 { page.addParagraph("Or, less likely:") }
            page.add(cause, mark: cause.severity == .info ? .ok : cause.confidence < 0.6 ? .unclear : .fail)
        }
        if let surer = explanation.surer { page.addParagraph("Surer with: " + surer) }
        if !explanation.failures.isEmpty {
            page.addParagraph("Failures in this log, newest first:")
            for failure in explanation.failures.prefix(ExplanationWords.shownFailures) {
                page.addParagraph(ExplanationWords.sentence(for: failure))
            }
            if let rest = ExplanationWords.rest(of: explanation.failures) { page.addParagraph(rest) }
        }
        return page.text
    }
}

/// Paragraphs, lists and tables on their way into a Markdown text.
struct MarkdownPage {
    let words: RemedyWords
    private var blocks: [String] = []

    init(words: RemedyWords) { self.words = words }

    var text: String { blocks.joined(separator: "\n\n") + "\n" }

    mutating func addParagraph(_ text: String) { blocks.append(Self.escaped(text)) }

    mutating func add(_ answer: ReportAnswer) {
        blocks.append("**\(answer.mark.rawValue)** \(Self.escaped(answer.headline))")
        if !answer.detail.isEmpty { blocks.append(Self.escaped(answer.detail)) }
        addSteps(answer.steps)
        if let who = answer.who { addWho(who, answer.cause) }
        if let cause = answer.cause { addQuotes(of: cause) }
        for other in answer.others { add(other, mark: other.severity == .error ? .fail : .warn) }
    }

    mutating func add(_ cause: AnswerCause, mark: ReportAnswer.Mark) {
        blocks.append("**\(mark.rawValue)** \(Self.escaped(cause.sentence))")
        if !cause.detail.isEmpty { blocks.append(Self.escaped(cause.detail)) }
        addSteps(cause.steps)
        addWho(cause.who, cause)
        addQuotes(of: cause)
    }

    private mutating func addSteps(_ steps: [RemedyStep]) {
        guard !steps.isEmpty else { return }
        let lines = steps.enumerated().map { number, step in
            (steps.count > 1 ? "\(number + 1). " : "") + Self.escaped(words.text(step))
        }
        blocks.append(steps.count > 1 ? "**Do**\n\n" + lines.joined(separator: "\n") : "**Do** " + lines[0])
    }

    private mutating func addWho(_ owner: RemedyOwner, _ cause: AnswerCause?) {
        guard let cause else {
            if owner != .support { blocks.append("**Who:** \(FindingWords.name(of: owner)).") }
            return
        }
        blocks.append(
            "**Who:** \(FindingWords.name(of: owner)). `\(cause.id)`, \(FindingWords.percent(cause.confidence)) sure.")
    }

    private mutating func addQuotes(of cause: AnswerCause) {
        for quote in cause.quotes {
            let side = quote.side.map { "\(FindingWords.name(of: $0)): " } ?? ""
            blocks.append("> \(side)\(Self.code(quote.words))")
        }
        for link in cause.links.prefix(2) { blocks.append(Self.link(link)) }
    }

    mutating func addSettings(of diagnosis: Diagnosis) {
        guard let settings = diagnosis.settings else { return }
        var rows = [["", "server", "port", "TLS", "user name"]]
        for service in MailService.allCases {
            let endpoint = settings.endpoint(for: service)
            rows.append([
                FindingWords.name(of: service), Self.code(endpoint.host), "\(endpoint.port)",
                endpoint.security == .tls ? "TLS" : "STARTTLS",
                settings.username(for: service).map(Self.code) ?? "not known",
            ])
        }
        addTable("Settings", rows)
    }

    mutating func addChecks(of report: Report) {
        guard !report.checks.isEmpty else { return }
        let rows = report.checks.map { check in
            [
                Self.mark(check.status), check.title, Self.code(CheckWords.whole(of: check)),
                check.observation.duration.map(TimeWords.text) ?? "",
            ]
        }
        addTable("Checks", [["", "check", "what it saw", "time"]] + rows)
    }

    mutating func addRegistration(_ outcome: RegistrationOutcome?) {
        guard let outcome else { return }
        blocks.append("### Registration: \(RegistrationWords.headline(outcome.status))")
        if !outcome.reason.isEmpty { addParagraph(outcome.reason) }
        if let id = outcome.inboxID { blocks.append("Inbox id \(Self.code(id))") }
    }

    mutating func addLimit(_ limit: DailyLimit?) {
        guard let limit else { return }
        blocks.append("### Daily limit: \(limit.recommended) messages a day (\(limit.low) to \(limit.high))")
        blocks.append(words.reasons(of: limit).map { "- " + Self.escaped($0) }.joined(separator: "\n"))
    }

    mutating func addEvidence(of diagnosis: Diagnosis) {
        let told = diagnosis.evidence.filter(\.saysSomething)
        guard !told.isEmpty else { return }
        let rows = told.map { [$0.source.rawValue, Self.code($0.query), Self.code($0.detail)] }
        addTable("Evidence", [["source", "question", "answer"]] + rows)
    }

    mutating func addTranscript(of diagnosis: Diagnosis) {
        guard !diagnosis.transcript.isEmpty else { return }
        let lines = diagnosis.transcript.map { entry in
            "\(TimeWords.text(entry.at)) \(entry.endpoint) \(entry.direction.rawValue) \(entry.text)"
        }
        // A fence that is longer than any run of its own mark inside.
        let fence = String(repeating: "`", count: max(3, (lines.map(Self.longestRun).max() ?? 0) + 1))
        blocks.append("### Transcript\n\n\(fence)text\n\(lines.joined(separator: "\n"))\n\(fence)")
    }

    mutating func addFooter(of report: Report) {
        let tool = report.tool
        blocks.append(
            "\(tool.name) \(tool.version), catalogue \(tool.catalogueVersion), "
                + "\(TimeWords.moment(report.diagnosis.startedAt)), took \(TimeWords.text(report.diagnosis.duration))")
    }

    private mutating func addTable(_ title: String, _ rows: [[String]]) {
        guard let head = rows.first else { return }
        let lines = [head, head.map { _ in "---" }] + rows.dropFirst()
        blocks.append(
            "### \(title)\n\n" + lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
    }

    private static func mark(_ status: CheckStatus) -> String {
        switch status {
        case .pass: "ok"
        case .warn: "warn"
        case .fail, .broke: "**FAIL**"
        case .blocked, .skipped: "--"
        }
    }

    // MARK: - What is safe

    /// Text in which nothing is markup, a link or HTML. Backslash escapes hold for every ASCII mark (CommonMark, 2.4).
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in ServerText(text).escaped {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&", "!": result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }

    /// Foreign text as code: nothing in it is read. Inside a table a bar would end the cell, so it is written as its like.
    static func code(_ text: String) -> String {
        let safe = ServerText(text).escaped.replacing("|", with: "\u{00A6}")
        guard !safe.isEmpty else { return "" }
        let fence = String(repeating: "`", count: longestRun(safe) + 1)
        let padding = safe.hasPrefix("`") || safe.hasSuffix("`") ? " " : ""
        return fence + padding + safe + padding + fence
    }

    /// Only https is a link, and only of characters that end none.
    private static func link(_ text: String) -> String {
        let isPlain =
            text.hasPrefix("https://") && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\\`|".utf8.contains($0) }
        return isPlain ? "<\(text)>" : code(text)
    }

    private static func longestRun(_ text: String) -> Int {
        var (longest, run) = (0, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

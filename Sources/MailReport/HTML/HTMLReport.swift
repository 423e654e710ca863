import MailModel

/// A report as one HTML page that needs nothing else: no network, no script. The answer stands on top, with what to send to whoever
/// has to act; then the settings, the run as it went, and what the answer rests on. This is what customers forward.
///
/// Written in plain Swift and no template language: `HTML` lets foreign text in only escaped, which the compiler sees to, and a
/// template cannot.
public enum HTMLReport {
    /// Renders the page.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - remedyWords: How steps are worded.
    /// - Returns: A whole HTML document.
    public static func render(_ report: Report, remedyWords: RemedyWords = .neutral) -> String {
        let subject = report.diagnosis.address?.description ?? report.diagnosis.domain.description
        let body: [HTML] = [
            HTMLAnswer(report: report, words: remedyWords).html,
            HTMLRun.settings(report.diagnosis),
            HTMLWaterfall(report).html,
            HTMLRun.checks(report),
            HTMLOutcome.registration(report.registration),
            HTMLOutcome.limit(report, words: remedyWords),
            HTMLEvidence.ledger(report.diagnosis),
            HTMLRun.certificates(report.diagnosis),
            HTMLRun.transcript(report.diagnosis),
        ]
        let tool = report.tool
        return page(
            title: subject,
            """
            \(body)<footer>\(tool.name) \(tool.version), catalogue \(tool.catalogueVersion), \(TimeWords.moment(report.diagnosis.startedAt)), took \(TimeWords.text(report.diagnosis.duration))</footer>

            """)
    }

    /// A whole document around what a page shows; it asks no network for anything and runs no script.
    ///
    /// - Parameters:
    ///   - title: What it is about.
    ///   - style: Further rules.
    ///   - content: What it shows.
    /// - Returns: The document.
    package static func page(title: String, style: HTML = .empty, _ content: HTML) -> String {
        let page: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>\(title) - mailconnect</title>
            <link rel="icon" href="data:,">
            <style>\(sheet)\(style)</style>
            </head>
            <body>
            <main>
            \(content)</main>
            </body>
            </html>

            """
        return page.source
    }

    /// The parts of a report that stand within a page of many: the answer, the settings, the checks.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - remedyWords: How steps are worded.
    /// - Returns: The parts.
    package static func fragment(_ report: Report, remedyWords: RemedyWords = .neutral) -> HTML {
        HTMLAnswer(report: report, words: remedyWords).html + HTMLRun.settings(report.diagnosis)
            + HTMLRun.checks(report)
    }

    private static let sheet = HTML(stringLiteral: HTMLStyle.sheet)
}

/// The answer, each cause in the same shape, and a message for whoever has to act.
struct HTMLAnswer {
    let report: Report
    let words: RemedyWords

    var html: HTML {
        let answer = ReportAnswer(report)
        let first = card(
            answer.mark, "<h1>\(answer.headline)</h1>", answer.detail, answer.steps, answer.who, answer.cause)
        let others = answer.others.map { cause in
            card(
                cause.severity == .error ? .fail : .warn, "<h2>\(cause.sentence)</h2>", cause.detail, cause.steps,
                cause.who,
                cause)
        }
        return "\(first)\(others)\(message(answer))"
    }

    private func card(
        _ mark: ReportAnswer.Mark, _ heading: HTML, _ detail: String, _ steps: [RemedyStep], _ who: RemedyOwner?,
        _ cause: AnswerCause?
    ) -> HTML {
        """
        <div class="answer \(Self.name(mark))"><span class="badge">\(mark == .unclear ? "CANNOT TELL" : mark.rawValue)</span>
        \(heading)\(detail.isEmpty ? HTML.empty : "<p>\(detail)</p>")\(self.steps(steps))\(self.who(who, cause))\(quotes(of: cause))</div>

        """
    }

    private func steps(_ steps: [RemedyStep]) -> HTML {
        guard !steps.isEmpty else { return .empty }
        let items = steps.map { step in "<li>\(words.text(step))</li>" as HTML }
        return steps.count == 1
            ? "\n<div class=\"do\"><p><strong>Do</strong> \(words.text(steps[0]))</p></div>"
            : "\n<div class=\"do\"><p><strong>Do</strong></p><ol>\(items)</ol></div>"
    }

    private func who(_ owner: RemedyOwner?, _ cause: AnswerCause?) -> HTML {
        guard let owner, owner != .support || cause != nil else { return .empty }
        let sure: HTML =
            cause.map {
                "<span class=\"soft\"><code>\($0.id.description)</code>, \(FindingWords.percent($0.confidence)) sure</span>"
            } ?? .empty
        return "\n<p class=\"who\"><span>Who: \(FindingWords.name(of: owner)).</span>\(sure)</p>"
    }

    private func quotes(of cause: AnswerCause?) -> HTML {
        guard let cause else { return .empty }
        let quotes = cause.quotes.map { quote in
            let side: HTML = quote.side.map { "<span class=\"soft\">\(FindingWords.name(of: $0))</span> " } ?? .empty
            return "\n<blockquote><p>\(side)<code>\(quote.words)</code></p></blockquote>" as HTML
        }
        let links = cause.links.prefix(3).map { link in "\n<p class=\"soft\">See \(HTML.link(link))</p>" as HTML }
        return "\(quotes)\(links)"
    }

    /// What to send to an administrator or a provider, in plain words, to be copied as it stands.
    private func message(_ answer: ReportAnswer) -> HTML {
        guard let cause = answer.cause, [.admin, .provider].contains(cause.who) else { return .empty }
        let subject = report.diagnosis.address?.description ?? report.diagnosis.domain.description
        var lines = ["The mailbox \(subject) cannot be connected: \(cause.sentence)", ""]
        if !cause.detail.isEmpty { lines += [cause.detail, ""] }
        if !cause.steps.isEmpty {
            lines.append("What is needed:")
            for (number, step) in cause.steps.enumerated() { lines.append("\(number + 1). \(step.text)") }
        }
        for quote in cause.quotes {
            lines += ["", "The \(quote.side.map(FindingWords.name) ?? "mail") server said: \(quote.words)"]
        }
        lines += cause.links.prefix(2)
        let title = cause.who == .admin ? "To send to the administrator" : "To send to the provider"
        let text = lines.map { line in "\(line)\n" as HTML }
        return
            "<section><h2>\(title)</h2>\n<pre class=\"copy\" tabindex=\"0\" aria-label=\"\(title)\">\(text)</pre></section>\n\n"
    }

    static func name(_ mark: ReportAnswer.Mark) -> String {
        switch mark {
        case .ok: "ok"
        case .warn: "warn"
        case .fail: "fail"
        case .unclear: "unclear"
        }
    }
}

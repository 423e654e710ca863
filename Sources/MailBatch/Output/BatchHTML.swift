internal import MailJSON
internal import MailModel
internal import MailReport

/// A batch as one HTML page that needs nothing else: what stands in the way of how many rows, and whose it is to change; then a line a
/// row, with the row's report behind it.
public struct BatchHTML {
    private let summary: BatchSummary
    private let words: BatchWords
    private let state: BatchState

    /// Rows that get a line; further ones are in the results file.
    static let mostRows = 5_000
    /// Rows that get their report, those that fail first.
    static let mostReports = 1_000

    /// Takes what is to be shown.
    public init(_ summary: BatchSummary, _ words: BatchWords, _ state: BatchState) {
        self.summary = summary
        self.words = words
        self.state = state
    }

    /// Renders the page.
    ///
    /// - Returns: A whole HTML document.
    /// - Throws: `BatchStateError`.
    public func render() async throws -> String {
        let rows = try await rows()
        let mark = words.headline.prefix { $0 != " " }
        let text = words.headline.drop { $0 != " " }.drop { $0 == " " }
        let kind: HTML = mark == "OK" ? "ok" : mark == "FAIL" ? "fail" : "unclear"
        let badge = mark == "OK" ? "Ready" : mark == "FAIL" ? "Action needed" : "Not finished"
        return HTMLReport.page(
            title: "\(summary.rows) accounts", style: Self.sheet,
            """
            <div class="answer \(kind)"><span class="badge">\(badge)</span>
            <h1>\(text)</h1>
            \(parts)</div>
            \(causes)\(providers)\(notes)<section><h2>Rows</h2>
            \(rows)</section>

            """)
    }

    /// All rows as one bar: ready, action needed, not clear, bad.
    private var parts: HTML {
        let parts: [(name: String, kind: HTML, rows: Int)] = [
            ("ready", "p-ok", summary.ready), ("need action", "p-fail", summary.actionNeeded),
            ("not clear", "p-warn", summary.cannotTell), ("cannot be used", "p-bad", summary.badRows),
        ].filter { $0.rows > 0 }
        var x = 0.0
        var bars = HTML.empty
        for part in parts {
            let width = 100 * Double(part.rows) / Double(max(1, summary.rows))
            bars =
                bars
                + "<rect class=\"\(part.kind)\" x=\"\(Self.number(x))\" y=\"0\" width=\"\(Self.number(width))\" height=\"10\"/>"
            x += width
        }
        let legend: [HTML] = parts.map { "<span class=\"key \($0.kind)\">\($0.rows) \($0.name)</span> " }
        let title = parts.map { "\($0.rows) \($0.name)" }.joined(separator: ", ")
        return """
            <svg class="parts" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="\(title)">\(bars)</svg>
            <p class="legend">\(legend)</p>

            """
    }

    private var causes: HTML {
        guard !summary.causes.isEmpty else { return .empty }
        let most = summary.causes.map(\.rows).max() ?? 1
        let items: [HTML] = summary.causes.map { cause in
            let at: HTML = cause.scopes.isEmpty ? .empty : "<p class=\"soft\">At \(BatchWords.scopes(cause))</p>\n"
            let fix: HTML = cause.fix.map { "<p class=\"do\">\($0)</p>\n" } ?? .empty
            let who: HTML = cause.who.map { "<span>Who: \(BatchWords.who($0))</span>" } ?? .empty
            return """
                <div class="cause">\(Self.bar(cause.rows, of: most))
                <h3>\(cause.sentence)</h3>
                \(at)\(fix)<p class="who soft">\(who)<code>\(cause.id)</code></p></div>

                """
        }
        return "<section><h2>What stands in the way</h2>\n\(items)</section>\n"
    }

    private var providers: HTML {
        guard !summary.providers.isEmpty else { return .empty }
        let rows: [HTML] = summary.providers.prefix(30).map { provider in
            """
            <tr><th scope="row">\(provider.id ?? "unknown")</th><td>\(Self.shares(provider))</td>\
            <td class="time">\(provider.ready) of \(provider.rows) ready</td></tr>

            """
        }
        return "<section><h2>By provider</h2>\n<table>\(rows)</table></section>\n"
    }

    private var notes: HTML {
        let lines: [HTML] = words.notes.map { "<li>\($0)</li>\n" }
        return lines.isEmpty ? .empty : "<section><h2>Good to know</h2>\n<ul>\(lines)</ul></section>\n"
    }

    // MARK: - Rows

    /// Those that fail first, each with its report; then the others.
    private func rows() async throws -> HTML {
        var bad: [HTML] = []
        var good: [HTML] = []
        var reports = 0
        var last = 0
        while bad.count + good.count < Self.mostRows {
            let part = try await state.rows(after: last, most: 250)
            guard let end = part.last else { break }
            last = end.number
            for case let (number, _, answer?) in part {
                let withReport = answer.status != 0 && reports < Self.mostReports
                if withReport { reports += 1 }
                let line = Self.row(number, answer, withReport: withReport)
                if answer.status == 0 { good.append(line) } else { bad.append(line) }
            }
        }
        let shown = Array((bad + good).prefix(Self.mostRows))
        let left = summary.rows - shown.count
        let rest: HTML =
            left > 0 ? "<p class=\"soft\">and \(left) further rows, which are in the results file.</p>\n" : .empty
        return "\(shown)\(rest)"
    }

    private static func row(_ number: Int, _ answer: RowAnswer, withReport: Bool) -> HTML {
        let (kind, mark): (HTML, String) =
            switch answer.status {
            case 0: ("ok", "OK")
            case 2, 4: ("unclear", "?")
            default: ("fail", "FAIL")
            }
        let words =
            answer.status == 0
            ? (answer.registration == nil ? "can be connected" : "registered") : answer.sentence ?? ""
        let head: HTML = """
            <span class="mark">\(mark)</span> <span class="soft">\(number)</span> <b>\(answer.address)</b> <span>\(words)</span>
            """
        guard withReport else { return "<div class=\"row \(kind)\">\(head)</div>\n" }
        guard let report = report(answer) else {
            let fix: HTML = answer.fix.map { "<p class=\"do\">\($0)</p>" } ?? .empty
            return "<details class=\"row \(kind)\"><summary>\(head)</summary>\(fix)</details>\n"
        }
        return "<details class=\"row \(kind)\"><summary>\(head)</summary>\(HTMLReport.fragment(report))</details>\n"
    }

    private static func report(_ answer: RowAnswer) -> Report? {
        guard answer.verdict != nil else { return nil }
        return try? Report.json.read(octets: Array(answer.report.utf8))
    }

    // MARK: - Bars

    private static func bar(_ rows: Int, of most: Int) -> HTML {
        let width = max(1, 100 * Double(rows) / Double(max(1, most)))
        return """
            <div class="count"><span>\(rows)</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="p-fail" x="0" y="0" width="\(number(width))" height="8"/></svg></div>
            """
    }

    private static func shares(_ provider: BatchSummary.Provider) -> HTML {
        let ready = 100 * Double(provider.ready) / Double(max(1, provider.rows))
        return """
            <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="p-fail" x="0" y="0" width="100" height="8"/><rect class="p-ok" x="0" y="0" width="\(number(ready))" height="8"/></svg>
            """
    }

    private static func number(_ value: Double) -> String { String((value * 100).rounded() / 100) }

    private static let sheet: HTML = """
        svg.parts{height:.9rem;border-radius:99px;overflow:hidden;margin:.8rem 0 .5rem}
        .p-ok{fill:var(--ok)}.p-fail{fill:var(--fail)}.p-warn{fill:var(--warn)}.p-bad{fill:var(--soft)}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}.key::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:2px;margin-right:.4em}
        .key.p-ok::before{background:var(--ok)}.key.p-fail::before{background:var(--fail)}.key.p-warn::before{background:var(--warn)}.key.p-bad::before{background:var(--soft)}
        .cause{border-top:1px solid var(--line);padding:.8rem 0}.cause h3{margin:.1rem 0 .2rem}.cause:first-of-type{border-top:0;padding-top:0}
        .count{display:grid;grid-template-columns:4.5rem 1fr;gap:.7rem;align-items:center;font-weight:700;font-size:1.2rem}
        .count svg,svg.share{height:.6rem;border-radius:3px}svg.share{margin-top:.35rem}
        .row{border-top:1px solid var(--line);padding:.4rem 0;overflow-wrap:anywhere;font-size:.925rem}.row b{font-weight:600;margin:0 .3rem}
        .row .mark{font-weight:700;font-size:.8rem;display:inline-block;min-width:2.6rem}.row.ok .mark{color:var(--ok)}.row.fail .mark{color:var(--fail)}.row.unclear .mark{color:var(--warn)}
        details.row summary{font-weight:400}details.row[open]{padding-bottom:1rem}details.row[open] summary{margin-bottom:.8rem}
        @media print{details.row:not([open]){display:block}.row{break-inside:avoid}}
        """
}

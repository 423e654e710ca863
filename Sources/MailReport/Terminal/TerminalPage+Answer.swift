import MailModel

/// The first screen: the answer, what to do, who does it; then each further cause in the same shape.
extension TerminalPage {
    /// Lines in which the first cause has to be told whole.
    private static let firstScreen = 8
    /// Lines of what a cause says beyond its sentence.
    private static let detailLines = 2

    mutating func addAnswer(_ answer: ReportAnswer) {
        addHeadline(answer.headline, answer.mark)
        addBody(answer.detail, steps: stepLines(answer.steps), who: answer.who.map { whoLines($0, answer.cause) } ?? [])
        if let cause = answer.cause { addMore(of: cause, steps: answer.steps) }
        for other in answer.others { addOther(other, after: answer.steps) }
    }

    /// A cause in the shape of the answer.
    mutating func addCause(_ cause: AnswerCause, mark: ReportAnswer.Mark, note: String = "") {
        addHeadline(cause.sentence, mark)
        if !note.isEmpty { add(note, indent: Self.margin.count) }
        addBody(cause.detail, steps: stepLines(cause.steps), who: whoLines(cause.who, cause))
    }

    /// What is known beyond the sentence, as far as there is room; the steps; who does them. Whoever has a long list of steps is
    /// named before it, so that the first screen has the name.
    private mutating func addBody(_ detail: String, steps: [String], who: [String]) {
        let begin = lines.lastIndex(of: "").map { $0 + 1 } ?? 0
        let room = Self.firstScreen - (lines.count - begin) - steps.count - who.count
        addDetail(detail, atMost: min(Self.detailLines, max(room, 0)))
        if room < 0 { addRaw(who) }
        addRaw(steps)
        if room >= 0 { addRaw(who) }
    }

    mutating func addHeadline(_ text: String, _ mark: ReportAnswer.Mark) {
        add(text, lead: Self.lead(mark.rawValue), ink: Self.ink(mark))
    }

    /// `Do    ...`, or numbered where there are several.
    mutating func addSteps(_ steps: [RemedyStep]) { addRaw(stepLines(steps)) }

    private mutating func addOther(_ cause: AnswerCause, after steps: [RemedyStep]) {
        addBlank()
        let mark = cause.severity == .error ? ReportAnswer.Mark.fail : .warn
        if !steps.isEmpty, cause.steps == steps {
            addHeadline(cause.sentence, mark)
            addBody(cause.detail, steps: [Self.lead("Do") + "The same."], who: whoLines(cause.who, cause))
        } else {
            addCause(cause, mark: mark)
        }
        addMore(of: cause, steps: cause.steps)
    }

    /// As many whole sentences as there is room for.
    mutating func addDetail(_ text: String, atMost limit: Int) {
        guard limit > 0, !text.isEmpty else { return }
        let wrap = LineWrap(columns: style.width - Self.margin.count)
        var kept = ""
        for sentence in Self.sentences(ServerText(text).escaped) {
            let longer = kept.isEmpty ? sentence : kept + " " + sentence
            guard wrap.lines(of: longer).count <= limit else { break }
            kept = longer
        }
        if !kept.isEmpty { add(kept, indent: Self.margin.count) }
    }

    /// When to try again, and where more is to be read.
    private mutating func addMore(of cause: AnswerCause, steps: [RemedyStep]) {
        if case .afterSeconds = cause.retry { add(FindingWords.sentence(for: cause.retry), indent: Self.margin.count) }
        let said = steps.map(words.text).joined()
        guard let link = cause.links.first, !said.contains(link) else { return }
        add("See \(link)", indent: Self.margin.count)
    }

    private func stepLines(_ steps: [RemedyStep]) -> [String] {
        var page = TerminalPage(style: style, words: words)
        for (number, step) in steps.enumerated() {
            let lead = number == 0 ? Self.lead("Do") : Self.margin
            page.add(words.text(step), lead: steps.count > 1 ? "\(lead)\(number + 1)) " : lead)
        }
        return page.lines
    }

    /// Who acts, and at the right margin the cause's id and how sure it is.
    private func whoLines(_ owner: RemedyOwner, _ cause: AnswerCause?) -> [String] {
        let who = "Who: \(FindingWords.name(of: owner))."
        var page = TerminalPage(style: style, words: words)
        guard let cause else {
            if owner != .support { page.add(who, indent: Self.margin.count) }
            return page.lines
        }
        let sure = "\(cause.id), \(FindingWords.percent(cause.confidence)) sure"
        let gap = style.width - Self.margin.count - TextWidth.of(who) - TextWidth.of(sure)
        guard gap >= 2 else {
            page.add(who, indent: Self.margin.count)
            page.add(sure, indent: Self.margin.count, ink: .faint)
            return page.lines
        }
        return [Self.margin + who + String(repeating: " ", count: gap) + Ink.faint.paint(sure, when: style.colour)]
    }

    /// What stands before the first line of a paragraph on the first screen.
    static func lead(_ word: String) -> String {
        word + String(repeating: " ", count: max(1, margin.count - word.count))
    }

    private static let margin = "      "

    static func ink(_ mark: ReportAnswer.Mark) -> Ink {
        switch mark {
        case .ok: .green
        case .warn, .unclear: .yellow
        case .fail: .red
        }
    }

    private static func sentences(_ text: String) -> [String] {
        var sentences: [String] = []
        for piece in text.split(separator: ". ", omittingEmptySubsequences: true) {
            sentences.append(piece.hasSuffix(".") ? String(piece) : piece + ".")
        }
        return sentences
    }
}

/// The checks in short: those that are plainly right on one line, the others spelt out.
extension TerminalPage {
    mutating func addCheckSummary(of report: Report) {
        guard !report.checks.isEmpty else { return }
        addHeading("Checks")
        let right = report.checks.filter { $0.status == .pass }
        for check in report.checks where check.status != .pass && check.status != .blocked {
            add(check, words: CheckWords.whole(of: check))
        }
        addBlocked(report.checks)
        guard !right.isEmpty else { return }
        let mark = style.unicode ? "✓" : "ok"
        let lead = mark + String(repeating: " ", count: (style.unicode ? 3 : 6) - mark.count)
        add(right.map(\.title).uniqued().joined(separator: ", "), lead: lead)
    }

    /// What was not run, together with what stood in its way.
    private mutating func addBlocked(_ checks: [ReportedCheck]) {
        var groups: [(cause: CheckID, titles: [String])] = []
        for check in checks {
            guard case .blocked(let cause) = check.observation.outcome else { continue }
            if let place = groups.firstIndex(where: { $0.cause == cause }) {
                groups[place].titles.append(check.title)
            } else {
                groups.append((cause, [check.title]))
            }
        }
        let lead = style.unicode ? "–  " : "--    "
        for group in groups {
            let cause = CheckTitle.title(of: group.cause)
            let titles = group.titles.uniqued().joined(separator: ", ")
            add("Not run after the \(cause): \(titles)", lead: lead, ink: .faint)
        }
    }
}

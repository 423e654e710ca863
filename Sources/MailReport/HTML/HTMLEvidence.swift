import MailModel

/// What the provider was told from, each vote drawn as long as it weighs.
enum HTMLEvidence {
    static func ledger(_ diagnosis: Diagnosis) -> HTML {
        let told = diagnosis.evidence.filter(\.saysSomething)
        guard !told.isEmpty else { return .empty }
        let rows = told.map { evidence -> HTML in
            """
            <tr><td>\(evidence.source.rawValue)</td><td>\(evidence.detail)<br><span class="soft">\(evidence.query)</span></td>\
            <td>\(vote(evidence.weight))</td><td class="time">\(TimeWords.text(evidence.duration))</td></tr>

            """
        }
        let name = AccountWords.provider(diagnosis.provider) ?? "no provider that is known"
        let silent = diagnosis.evidence.count - told.count
        let others: HTML =
            silent > 0 ? "<p class=\"soft\">\(silent) more were asked and had nothing to say.</p>" : .empty
        return """
            <section><h2>Why \(name), \(FindingWords.percent(diagnosis.provider.confidence)) sure</h2>
            <p>\(diagnosis.reason)</p>
            <table class="stack"><thead><tr><th scope="col">source</th><th scope="col">what it said</th>\
            <th scope="col">weight</th><th scope="col">time</th></tr></thead><tbody>
            \(rows)</tbody></table>
            \(others)</section>


            """
    }

    private static func vote(_ weight: Double) -> HTML {
        let share = weight.isFinite ? min(1, max(0, weight)) : 0
        guard share > 0 else { return "<span class=\"soft\">none</span>" }
        let hundredths = Int((share * 100).rounded())
        let length = max(2, hundredths * 80 / 100)
        return """
            <svg class="own" width="120" viewBox="0 0 120 14" role="img" aria-label="weight 0.\(hundredths < 10 ? "0" : "")\(min(hundredths, 99))">\
            <rect class="vote" x="0" y="2" width="\(length)" height="10" rx="2"/>\
            <text class="soft" x="\(length + 6)" y="11">\(hundredths) %</text></svg>
            """
    }
}

/// What became of the account: registration and daily limit.
enum HTMLOutcome {
    static func registration(_ outcome: RegistrationOutcome?) -> HTML {
        guard let outcome else { return .empty }
        let id: HTML = outcome.inboxID.map { "<p>Inbox id <code>\($0)</code></p>" } ?? .empty
        let status: HTML = outcome.overallStatus.map { "<p>Status <code>\($0)</code></p>" } ?? .empty
        let notes = outcome.notes.map { note in "<p>\(note)</p>" as HTML }
        return """
            <section><h2>Registration: \(RegistrationWords.headline(outcome.status))</h2>
            <p>\(outcome.reason)</p>\(id)\(status)\(notes)</section>


            """
    }

    /// Never for an account that cannot be connected.
    static func limit(_ report: Report, words: RemedyWords) -> HTML {
        let isAsked = report.diagnosis.verdict.isReady || report.command == .detect
        guard isAsked, let limit = report.diagnosis.dailyLimit else { return .empty }
        let reasons = words.reasons(of: limit).map { reason in "<li>\(reason)</li>" as HTML }
        let sources = limit.sources.map { source in "<li>\(HTML.link(source))</li>" as HTML }
        return """
            <section><h2>Daily limit: \(limit.recommended) messages a day (\(limit.low) to \(limit.high))</h2>
            \(ramp(limit))<ul>\(reasons)</ul>
            <details><summary>Sources</summary><ul>\(sources)</ul></details></section>


            """
    }

    /// The weeks as bars beside each other.
    private static func ramp(_ limit: DailyLimit) -> HTML {
        let most = max(1, limit.ramp.map(\.daily).max() ?? 1)
        guard !limit.ramp.isEmpty, limit.ramp.count <= 24 else { return .empty }
        let width = min(90, 700 / limit.ramp.count)
        let bars = limit.ramp.enumerated().map { place, step -> HTML in
            let height = max(2, min(80, step.daily * 80 / most))
            let x = place * width
            let label =
                step.toWeek.map { $0 == step.fromWeek ? "week \($0)" : "\(step.fromWeek)-\($0)" }
                ?? "from \(step.fromWeek)"
            return """
                <rect class="vote" x="\(x)" y="\(100 - height)" width="\(width - 10)" height="\(height)" rx="3"/>\
                <text x="\(x)" y="\(94 - height)">\(step.daily)</text><text class="soft" x="\(x)" y="116">\(label)</text>

                """
        }
        let words = limit.ramp.map(AdviceWords.step).joined(separator: ", ")
        return """
            <svg class="own" width="\(width * limit.ramp.count)" viewBox="0 0 \(width * limit.ramp.count) 122" role="img" aria-label="A day, warm-up mail included: \(words)">
            \(bars)</svg>

            """
    }
}

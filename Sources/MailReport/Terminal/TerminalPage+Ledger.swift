import MailModel

/// Who was asked what, what came back, and how much it weighs.
extension TerminalPage {
    mutating func addLedger(of diagnosis: Diagnosis) {
        addHeading("Evidence: source, what it said, weight, time")
        if diagnosis.evidence.isEmpty { add("Nobody was asked.", indent: 2) }
        // What was asked and is not there says nothing, unless all is to be seen.
        let told = style.everything ? diagnosis.evidence : diagnosis.evidence.filter(\.saysSomething)
        if told.isEmpty, !diagnosis.evidence.isEmpty { add("Nothing that was asked says who it is.", indent: 2) }
        for evidence in told {
            let right = weight(evidence.weight) + padded(TimeWords.text(evidence.duration), to: 9)
            let row = TableRow(title: evidence.source.rawValue, text: words(for: evidence), right: right)
            add(row, columns: TableRow.Columns(mark: 0, title: 12, right: 15))
        }
    }

    /// The candidates, when there is more than one to choose from.
    mutating func addCandidates(of diagnosis: Diagnosis) {
        guard diagnosis.candidates.count > 1 else { return }
        addHeading("Candidates: provider, what speaks for it, how sure")
        for candidate in diagnosis.candidates.prefix(5) {
            let votes = candidate.votesFor.map { "\($0.source) \(weight($0.weight))" }.joined(separator: ", ")
            let right = padded(FindingWords.percent(candidate.confidence), to: 6)
            let row = TableRow(title: candidate.name, text: votes, right: right)
            add(row, columns: TableRow.Columns(mark: 0, title: 26, right: 6))
        }
    }

    /// Who learnt what.
    mutating func addDisclosures(of diagnosis: Diagnosis) {
        guard !diagnosis.disclosures.isEmpty else { return }
        addHeading("Who learnt what")
        for matter in Disclosure.Matter.allCases {
            let parties = diagnosis.disclosures.filter { $0.matter == matter }
                .map { $0.isThirdParty ? "\($0.party) (a third party)" : $0.party }
            guard !parties.isEmpty else { continue }
            add(parties.joined(separator: ", "), lead: AccountWords.matter(matter) + ": ", indent: 2)
        }
    }

    private func words(for evidence: Evidence) -> String {
        let word = word(for: evidence.outcome)
        // What was found, or that there is nothing, the detail says by itself; trouble is named first.
        let isPlain = [.found, .none, .negative, .notAsked].contains(evidence.outcome)
        var answer = evidence.detail.isEmpty ? word : isPlain ? evidence.detail : "\(word), \(evidence.detail)"
        if evidence.detail == word { answer = word }
        let pointer = evidence.pointsTo.map { "; points to \($0)" } ?? ""
        let query = Self.short(evidence.query)
        return query.isEmpty ? answer + pointer : "\(query): \(answer)\(pointer)"
    }

    /// The question, of a URL the host alone: the path is the same for all domains.
    private static func short(_ query: String) -> String {
        let parts = query.split(separator: "/", omittingEmptySubsequences: false)
        guard query.contains("https://"), parts.count > 3 else { return query }
        return parts.prefix(3).joined(separator: "/")
    }

    private func word(for outcome: EvidenceOutcome) -> String {
        switch outcome {
        case .found: "found"
        case .none: "no such record"
        case .negative: "it says that there is nothing"
        case .timedOut: "no answer in time"
        case .refused: "refused to answer"
        case .broken: "no usable answer"
        case .notTrusted: "not trusted"
        case .notAsked: "not asked"
        }
    }

    private func weight(_ weight: Double) -> String {
        guard weight.isFinite else { return "0.00" }
        let hundredths = Int((min(1, max(0, weight)) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
    }

    private func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}

extension Evidence {
    /// Whether it tells something, or could not be had.
    var saysSomething: Bool {
        weight > 0 || pointsTo != nil || [.timedOut, .refused, .broken, .notTrusted].contains(outcome)
    }
}

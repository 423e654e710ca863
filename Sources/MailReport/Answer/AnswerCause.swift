import MailModel

/// One cause as a person is told it: once, whichever sides it was seen on.
struct AnswerCause {
    /// The findings that say the same, the surest first.
    private(set) var findings: [Finding]
    /// The sides that it was seen on, in the usual order.
    private(set) var sides: [MailService]
    /// What is to be done, each step once.
    private(set) var steps: [RemedyStep]
    /// What the servers said, with the side, each once.
    private(set) var quotes: [(side: MailService?, words: String)] = []

    private init(_ finding: Finding) {
        findings = [finding]
        sides = finding.service.map { [$0] } ?? []
        steps = finding.remedy.steps
        quote(finding)
    }

    private var first: Finding { findings[0] }
    var id: FindingID { first.id }
    var severity: Severity { first.severity }
    var who: RemedyOwner { first.remedy.who }
    var retry: RetryAdvice { first.retry }
    var detail: String { first.detail }
    var confidence: Double { findings.map(\.confidence).max() ?? 0 }
    var links: [String] { findings.flatMap(\.remedy.links).uniqued() }

    /// What it is, in a sentence with its full stop and the sides: `User name or password is wrong (SMTP and IMAP).`
    var sentence: String {
        let summary = first.summary.isEmpty ? first.id.description : first.summary
        let bare = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
        let names = sides.map(FindingWords.name)
        let isSaid = names.count == 1 && bare.contains(names[0])
        return isSaid || names.isEmpty ? bare + "." : "\(bare) (\(names.joined(separator: " and ")))."
    }

    /// The causes among findings, in their order: those that say the same of both sides are one.
    ///
    /// - Parameter findings: The findings, the most important first.
    /// - Returns: The causes.
    static func causes(of findings: [Finding]) -> [AnswerCause] {
        var causes: [AnswerCause] = []
        for finding in findings {
            if let place = causes.firstIndex(where: { $0.says(finding) }) {
                causes[place].add(finding)
            } else {
                causes.append(AnswerCause(finding))
            }
        }
        return causes
    }

    /// At the login the host does not matter: the same account is refused. Elsewhere the sentence names what is meant.
    private func says(_ finding: Finding) -> Bool {
        guard id == finding.id, severity == finding.severity, who == finding.remedy.who,
            first.service != nil, finding.service != nil
        else { return false }
        return first.summary == finding.summary || (first.stage == .auth && finding.stage == .auth)
    }

    private mutating func add(_ finding: Finding) {
        findings.append(finding)
        sides = MailService.allCases.filter { (sides + [finding.service].compactMap(\.self)).contains($0) }
        steps += finding.remedy.steps.filter { !steps.contains($0) }
        quote(finding)
    }

    private mutating func quote(_ finding: Finding) {
        guard let words = finding.serverText, !words.isEmpty, !quotes.contains(where: { $0.words == words }) else {
            return
        }
        quotes.append((finding.service, words))
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, where it came first.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

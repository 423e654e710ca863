import MailModel

/// The order in which findings are told: what stops the account first, then by the path a connection takes.
enum FindingOrder {
    static func sorted(_ findings: [Finding]) -> [Finding] {
        findings.enumerated().sorted { left, right in
            key(left.element, left.offset) < key(right.element, right.offset)
        }.map(\.element)
    }

    private static func key(_ finding: Finding, _ offset: Int) -> (Int, Int, Int, Int) {
        let severity = finding.severity == .error ? 0 : finding.severity == .warning ? 1 : 2
        let temporary = VerdictRule.isTemporary(finding) ? 1 : 0
        let stage = finding.stage.flatMap { Stage.allCases.firstIndex(of: $0) } ?? Stage.allCases.count
        return (severity, temporary, stage, offset)
    }
}

public import MailModel

/// Turns facts into findings and a verdict. Pure: the same input gives the same answer, tomorrow and offline.
public enum Judge {
    /// Asks every rule, then has what they say looked at as a whole.
    ///
    /// - Parameter input: The facts.
    /// - Returns: The findings, what to do first at the top, each cause of a side and stage once.
    public static func findings(for input: DiagnosisInput) -> [Finding] {
        var seen: Set<[String]> = []
        let said = DiagnosisRules.all.flatMap { $0.findings(in: input) }
        let all = DiagnosisRules.refinements.reduce(said) { $1.refine($0, in: input) }
        return FindingOrder.sorted(all).filter { finding in
            let key = [finding.id.description, finding.service?.rawValue ?? "", finding.stage?.rawValue ?? ""]
            return seen.insert(key).inserted
        }
    }
}

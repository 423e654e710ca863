public import MailModel

/// What all findings together come to. Total: "cannot tell" is an answer.
public enum VerdictRule {
    /// Decides.
    ///
    /// An error that somebody must do something about outweighs one that may pass by itself; without errors both
    /// logins must have been seen to work.
    ///
    /// - Parameters:
    ///   - findings: What the rules said.
    ///   - observations: What the checks saw.
    /// - Returns: The verdict.
    public static func verdict(findings: [Finding], observations: [Observation]) -> Verdict {
        let errors = findings.filter { $0.severity == .error }
        if errors.contains(where: { !isTemporary($0) }) { return .actionNeeded }
        if !errors.isEmpty { return .cannotTell }
        guard MailService.allCases.allSatisfy({ loginPassed($0, in: observations) }) else { return .cannotTell }
        return findings.contains { $0.severity == .warning } ? .readyWithWarnings : .ready
    }

    /// Whether the login of one side was seen to work in this run.
    ///
    /// - Parameters:
    ///   - service: The side.
    ///   - observations: What the checks saw.
    /// - Returns: True only for a login that the server accepted.
    public static func loginPassed(_ service: MailService, in observations: [Observation]) -> Bool {
        observations.contains { $0.id == .auth(service) && $0.outcome == .observed }
    }

    /// "Once more" is no cure for a cause that is known; a broken check, though, has told nothing.
    static func isTemporary(_ finding: Finding) -> Bool {
        switch finding.retry {
        case .afterSeconds: true
        case .once: temporaryCauses.contains(finding.id)
        case .no: false
        }
    }

    private static let temporaryCauses: Set<FindingID> = [
        .internalError, .dnsFailure, .connectTimeout, .connectRefused, .serverBusy,
    ]
}

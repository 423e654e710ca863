public import MailModel

/// No password was given, so the logins were not tried: good to know, since the verdict cannot be better than "cannot tell".
public struct PasswordNotGivenRule: DiagnosisRule {
    /// The reason that a check gives when it was not given a credential.
    public static let reason = "no password was given"

    /// Judges; see `DiagnosisRule`.
    ///
    /// - Parameter input: The facts.
    /// - Returns: One finding of severity info, or none.
    public func findings(in input: DiagnosisInput) -> [Finding] {
        let skipped = input.observations.filter { $0.outcome == .skipped(Self.reason) }
        guard !skipped.isEmpty else { return [] }
        return [
            Finding(
                id: .passwordNotGiven, severity: .info, confidence: 1, service: nil, stage: .auth,
                summary: "No password was given, so no login was tried.",
                detail: "Everything up to the login was checked; whether the account works is not proved.",
                evidence: skipped.map(\.id.description),
                remedy: Remedy(
                    who: .support,
                    steps: ["Run it on a terminal and type the password, or name a --password-file."]))
        ]
    }
}

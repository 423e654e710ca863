internal import MailModel

/// No password was given, so the logins were not tried: good to know, since the verdict cannot be better than "cannot tell".
struct PasswordNotGivenRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        let skipped = input.observations.filter { $0.outcome == .skipped(.passwordNotGiven) }
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

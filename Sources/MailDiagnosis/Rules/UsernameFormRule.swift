import MailModel

/// Another form of the user name was taken than the one that was planned (`--try-usernames`).
struct UsernameFormRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard observation.outcome == .observed, case .login(let facts)? = observation.facts,
                let refused = facts.refusedUsernames.first
            else { return nil }
            return Finding(
                .usernameForm, severity: .warning, confidence: 0.95, on: observation,
                .form(observation, refused: refused, taken: facts.username))
        }
    }
}

extension FindingWords {
    fileprivate static func form(_ observation: Observation, refused: String, taken: String) -> Self {
        let option = "--\(observation.service?.rawValue ?? "smtp")-username"
        return FindingWords(
            summary: "\(observation.side) takes the user name \(ServerText(taken)), and not \(ServerText(refused)).",
            detail: "The password is right.",
            remedy: Remedy(who: .user, steps: ["Use \(ServerText(taken)) as the user name (\(option))."]))
    }
}

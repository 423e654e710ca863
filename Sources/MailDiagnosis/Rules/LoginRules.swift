import FoundationEssentials
import MailModel
import ProviderCatalog

/// Another form of the user name was taken than the one that was planned.
struct UsernameFormRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard let facts = observation.acceptedLogin, let refused = facts.refusedUsernames.first
            else { return nil }
            return Finding(
                .usernameForm, severity: .warning, confidence: 0.95, on: observation,
                .form(observation, refused: refused, taken: facts.username))
        }
    }
}

extension FindingWords {
    fileprivate static func form(_ observation: Observation, refused: String, taken: String) -> Self {
        FindingWords(
            summary: "\(observation.side) takes the user name \(ServerText(taken)), and not \(ServerText(refused)).",
            detail: "The password is right.",
            remedy: Remedy(who: .user, steps: [.useUsername(observation.service, taken)]))
    }
}

/// The provider has announced that logins with a password end: it works today, and soon will not.
struct LoginEndingRule: DiagnosisRule {
    /// How long before the day it is told, in days.
    static let notice = 180.0

    func findings(in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile else { return [] }
        let today = CatalogDate(input.now)
        let horizon = CatalogDate(input.now.addingTimeInterval(Self.notice * 86_400))
        let near = profile.loginEndings.filter { today < $0.day && horizon >= $0.day }
        return input.observations.compactMap { observation in
            guard let facts = observation.acceptedLogin, !facts.usesAccessToken else { return nil }
            let service = observation.service
            guard let ending = near.first(where: { $0.service == service }) else { return nil }
            return Finding(
                .loginEndsSoon, severity: .warning, confidence: 0.9, on: observation,
                .ending(ending, observation.side, profile))
        }
    }
}

extension FindingWords {
    fileprivate static func ending(_ ending: LoginEnding, _ side: String, _ profile: ProviderProfile) -> Self {
        let what = ending.state == .ended ? "end" : "are off unless an administrator decides otherwise"
        return FindingWords(
            summary: "\(profile.name): \(side) logins with a password \(what) from \(ending.day) on.",
            detail: "The login passed today.",
            remedy: Remedy(
                who: .admin, steps: ["Plan for OAuth, or have the administrator decide before that day."],
                links: [ending.source]))
    }
}

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
                remedy: Remedy(who: .support, steps: [.givePassword]))
        ]
    }
}

/// The password was copied in the groups in which the provider shows it, and sent without the blanks: it is told, since what
/// is stored elsewhere has to be without them too.
struct PasswordBlanksRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        let logins = input.observations.filter { observation in
            guard case .login(let facts)? = observation.facts else { return false }
            return facts.blanksRemoved
        }
        guard !logins.isEmpty else { return [] }
        return [
            Finding(
                id: .passwordBlanksRemoved, severity: .info, confidence: 1, service: nil, stage: .auth,
                summary: "The password was sent without the blanks that it was given with.",
                detail:
                    "\(input.provider.name ?? "The provider") shows it in groups to be easier to read; the blanks are "
                    + "no part of it.",
                evidence: logins.map(\.id.description),
                remedy: Remedy(who: .user, steps: ["Enter the password without blanks wherever else it is stored."]))
        ]
    }
}

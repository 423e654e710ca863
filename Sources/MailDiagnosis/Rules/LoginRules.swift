import Foundation
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
        return input.observations.compactMap { observation in
            guard let facts = observation.acceptedLogin, !facts.usesAccessToken,
                let ending = profile.loginEndings.first(where: { $0.service == observation.service }),
                CatalogDate(input.now) < ending.day,
                CatalogDate(input.now.addingTimeInterval(Self.notice * 86_400)) >= ending.day
            else { return nil }
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
public struct PasswordNotGivenRule: DiagnosisRule {
    /// The reason that a check gives when it was not given a credential.
    public static let reason = "no password was given"

    func findings(in input: DiagnosisInput) -> [Finding] {
        let skipped = input.observations.filter { $0.outcome == .skipped(Self.reason) }
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

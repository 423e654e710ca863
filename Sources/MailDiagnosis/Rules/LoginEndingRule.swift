import Foundation
import MailModel
import ProviderCatalog

/// The provider has announced that logins with a password end: it works today, and soon will not.
struct LoginEndingRule: DiagnosisRule {
    /// How long before the day it is told, in days.
    static let notice = 180.0

    func findings(in input: DiagnosisInput) -> [Finding] {
        guard let profile = input.profile else { return [] }
        return input.observations.compactMap { observation in
            guard observation.outcome == .observed, case .login(let facts)? = observation.facts,
                !["XOAUTH2", "OAUTHBEARER"].contains(facts.mechanism),
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

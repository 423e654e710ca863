import MailModel

/// What each check saw, whole: a saved report can be judged again from this.
extension JSONReport {
    static func check(_ check: ReportedCheck) -> JSONValue {
        let observation = check.observation
        return [
            "id": .text(observation.id.description),
            "title": .text(check.title),
            "status": .text(check.status.rawValue),
            "protocol": .optional(observation.service?.rawValue),
            "stage": .text(observation.stage.rawValue),
            "endpoint": .optional(observation.endpoint?.description),
            "duration_ms": JSONTime.milliseconds(observation.duration),
            "observations": observations(of: observation),
        ]
    }

    private static func observations(of observation: Observation) -> JSONValue {
        var blockedBy: String?
        var reason: String?
        var ending: Failure?
        let outcome: String
        switch observation.outcome {
        case .observed: outcome = "observed"
        case .failed(let failure): (outcome, ending) = ("failed", failure)
        case .blocked(let id): (outcome, blockedBy) = ("blocked", id.description)
        case .skipped(let why): (outcome, reason) = ("skipped", why.words)
        case .broke(let why): (outcome, reason) = ("broke", why)
        }
        return [
            "outcome": .text(outcome),
            "blocked_by": .optional(blockedBy),
            "reason": .optional(reason),
            "failure": ending.map(failure) ?? .null,
            "facts": observation.facts.map(facts) ?? .null,
        ]
    }
}

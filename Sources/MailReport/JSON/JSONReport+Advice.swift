public import MailModel

/// What the facts mean, and what to do.
extension JSONReport {
    /// One finding as it stands in a report; `explain` prints the same object.
    ///
    /// - Parameter finding: The finding.
    /// - Returns: The object.
    public static func value(of finding: Finding) -> JSONValue {
        [
            "id": .text(finding.id.description),
            "severity": .text(finding.severity.rawValue),
            "confidence": share(finding.confidence),
            "protocol": .optional(finding.service?.rawValue),
            "stage": .optional(finding.stage?.rawValue),
            "summary": .text(finding.summary.isEmpty ? finding.id.description : finding.summary),
            "detail": .text(finding.detail),
            "server_text": .optional(finding.serverText),
            "evidence": .texts(finding.evidence),
            "remedy": [
                "who": .text(finding.remedy.who.rawValue),
                "steps": .texts(finding.remedy.steps.map(\.text)),
                "links": .texts(finding.remedy.links),
            ],
            "retry": .text(retry(finding.retry)),
        ]
    }

    private static func retry(_ advice: RetryAdvice) -> String {
        switch advice {
        case .no: "no"
        case .once: "once"
        case .afterSeconds(let seconds): "after_seconds:\(max(0, seconds))"
        }
    }

    static func dailyLimit(_ limit: DailyLimit) -> JSONValue {
        [
            "recommended": .integer(limit.recommended),
            "low": .integer(limit.low),
            "high": .integer(limit.high),
            "stage": .text(limit.stage.rawValue),
            "provider_cap": .optional(limit.providerCap),
            "reasons": .texts(limit.reasons),
            "sources": .texts(limit.sources),
            "details": .list(limit.details.map(detail)),
            "ramp": .list(limit.ramp.map(step)),
        ]
    }

    private static func detail(_ reason: LimitReason) -> JSONValue {
        ["id": .text(reason.id), "evidence": .text(reason.evidence), "raise": .optional(reason.raise)]
    }

    private static func step(_ step: RampStep) -> JSONValue {
        ["from_week": .integer(step.fromWeek), "to_week": .optional(step.toWeek), "daily": .integer(step.daily)]
    }
}

import MailModel

/// What became of the registration.
extension JSONReport {
    static func registration(_ outcome: RegistrationOutcome) -> JSONValue {
        [
            "status": .text(outcome.status.rawValue),
            "reason": .text(outcome.reason),
            "inbox_id": .optional(outcome.inboxID),
            "overall_status": .optional(outcome.overallStatus),
            "daily_limit": .optional(outcome.dailyLimit),
            "created_at": .optional(outcome.createdAt.map(JSONTime.text)),
            "http_status": .optional(outcome.httpStatus),
            "request": outcome.request.map(request) ?? .null,
            "target": .optional(outcome.target),
            "notes": .texts(outcome.notes),
        ]
    }

    private static func request(_ fields: [RequestField]) -> JSONValue {
        .object(fields.map { JSONValue.Member(key: $0.name, value: value(of: $0.value)) })
    }

    private static func value(of value: RequestField.Value) -> JSONValue {
        switch value {
        case .text(let text): .text(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .flag(flag)
        case .redacted: .text(Redactor.mask)
        }
    }
}

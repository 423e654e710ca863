import MailModel

/// The end of a registration in words.
enum RegistrationWords {
    static func headline(_ status: RegistrationOutcome.Status) -> String {
        switch status {
        case .registered: "registered"
        case .alreadyRegistered: "already registered"
        case .notAttempted: "not attempted"
        case .refused: "refused"
        case .unknown: "not known whether it was registered"
        }
    }

    static func text(of value: RequestField.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .redacted: Redactor.mask
        }
    }
}

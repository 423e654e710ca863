import FoundationEssentials
import MailModel
import MailRegistration

/// Asks a person at the terminal before something is registered.
enum Confirmation {
    /// Shows what is about to be registered and asks; anything but yes is no.
    @Sendable static func ask(_ request: RegistrationRequest) -> Bool {
        let shown = ["email_address", "display_name", "inbox_type", "smtp_host", "imap_host", "daily_limit"]
        var lines = ["About to register:"]
        for field in request.redactedFields where shown.contains(field.name) {
            lines.append("  \(field.name): \(text(field.value))")
        }
        let question = lines.joined(separator: "\n") + "\nRegister it? [y/N] "
        StandardError.write(question)
        let answer = readLine(strippingNewline: true)?.trimmingWhitespace(lineEnds: false).lowercased()
        return answer == "y" || answer == "yes"
    }

    private static func text(_ value: RequestField.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .redacted: Redactor.mask
        }
    }
}

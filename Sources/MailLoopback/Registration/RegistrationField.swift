import MailJSON

/// One field of the registration request and what the API's reference page demands of it.
struct RegistrationField: Hashable, Sendable {
    /// Types and ranges.
    enum Rule: Hashable, Sendable {
        case text(ClosedRange<Int>)
        case address
        case choice(Set<String>)
        case integer(ClosedRange<Int>)
        case boolean
    }

    var name: String
    var rule: Rule
    var isRequired = true

    /// The fourteen fields of `POST /sender-accounts/smtp` (vendor's API reference, read in November 2026).
    static let all = [
        RegistrationField(name: "email_address", rule: .address),
        RegistrationField(name: "display_name", rule: .text(1...255)),
        RegistrationField(name: "inbox_type", rule: .choice(["GOOGLE_WORKSPACE", "OUTLOOK_365", "CUSTOM_SMTP"])),
        RegistrationField(name: "smtp_host", rule: .text(1...255)),
        RegistrationField(name: "smtp_port", rule: .integer(1...65_535)),
        RegistrationField(name: "smtp_username", rule: .text(1...255)),
        RegistrationField(name: "smtp_password", rule: .text(1...500)),
        RegistrationField(name: "imap_host", rule: .text(1...255)),
        RegistrationField(name: "imap_port", rule: .integer(1...65_535)),
        RegistrationField(name: "imap_username", rule: .text(1...255)),
        RegistrationField(name: "imap_password", rule: .text(1...500)),
        RegistrationField(name: "daily_limit", rule: .integer(1...Int.max), isRequired: false),
        RegistrationField(name: "smtp_use_tls", rule: .boolean, isRequired: false),
        RegistrationField(name: "imap_use_ssl", rule: .boolean, isRequired: false),
    ]

    /// What is wrong with a value, nil when nothing is; the value itself is echoed, as FastAPI does.
    func complaint(about value: JSONValue?, in body: JSONValue) -> RegistrationComplaint? {
        guard let value else {
            return isRequired ? RegistrationComplaint(name, "missing", "Field required", input: body) : nil
        }
        guard let (type, message) = problem(value) else { return nil }
        return RegistrationComplaint(name, type, message, input: value)
    }

    private func problem(_ value: JSONValue) -> (type: String, message: String)? {
        switch (rule, value) {
        case (.text(let range), .text(let text)): Self.length(text, range)
        case (.address, .text(let text)): Self.length(text, 5...255) ?? Self.address(text)
        case (.choice(let choices), .text(let text)):
            choices.contains(text) ? nil : ("value_error", "Value error, inbox_type is not known")
        case (.text, _), (.address, _), (.choice, _): ("string_type", "Input should be a valid string")
        case (.integer(let range), .integer(let number)): Self.range(number, range)
        case (.integer, _): ("int_type", "Input should be a valid integer")
        case (.boolean, .bool): nil
        case (.boolean, _): ("bool_type", "Input should be a valid boolean")
        }
    }

    private static func length(_ text: String, _ range: ClosedRange<Int>) -> (String, String)? {
        let count = text.unicodeScalars.count
        if count < range.lowerBound {
            return ("string_too_short", "String should have at least \(range.lowerBound) characters")
        }
        if count > range.upperBound {
            return ("string_too_long", "String should have at most \(range.upperBound) characters")
        }
        return nil
    }

    private static func address(_ text: String) -> (String, String)? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress = parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
        return isAddress ? nil : ("value_error", "value is not a valid email address")
    }

    private static func range(_ number: Int, _ range: ClosedRange<Int>) -> (String, String)? {
        if number < range.lowerBound {
            return ("greater_than_equal", "Input should be greater than or equal to \(range.lowerBound)")
        }
        if number > range.upperBound {
            return ("less_than_equal", "Input should be less than or equal to \(range.upperBound)")
        }
        return nil
    }
}

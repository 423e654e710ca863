import MailJSON
import MailModel

/// One field of the request as it is sent, and the limit that the API documents for it.
struct SentField {
    /// What is sent.
    enum Value {
        case text(String)
        case number(Int)
        case flag(Bool)
        case secret(Secret)
    }

    let name: String
    let value: Value
    let limit: FieldLimit?

    init(_ name: String, _ value: Value, limit: FieldLimit? = nil) {
        self.name = name
        self.value = value
        self.limit = limit
    }

    /// What goes on the wire; it can hold a password.
    var member: JSONValue {
        switch value {
        case .text(let text): .text(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .bool(flag)
        case .secret(let secret): .text(secret.revealed)
        }
    }

    /// The value as it may be shown.
    var shown: RequestField.Value {
        switch value {
        case .text(let text): .text(ServerText(text).escaped)
        case .number(let number): .number(number)
        case .flag(let flag): .flag(flag)
        case .secret: .redacted
        }
    }

    /// What the API would not take, nil when it would.
    var problem: RegistrationInputError.Problem? {
        guard let limit else { return nil }
        let measured: Int? =
            switch value {
            // The API counts code points, as its language does, neither octets nor grapheme clusters.
            case .text(let text): text.unicodeScalars.count
            case .secret(let secret): secret.revealed.unicodeScalars.count
            case .number(let number): number
            case .flag: nil
            }
        guard let measured, !limit.allows(measured) else { return nil }
        return RegistrationInputError.Problem(field: name, limit: limit)
    }
}

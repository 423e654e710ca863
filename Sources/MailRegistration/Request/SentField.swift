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

/// What the API documents that a field may be.
public enum FieldLimit: Hashable, Sendable, CustomStringConvertible {
    /// A text of so many Unicode code points.
    case characters(ClosedRange<Int>)
    /// A number in that range.
    case range(ClosedRange<Int>)
    /// A number with no stated maximum.
    case atLeast(Int)

    /// Whether a measure keeps the limit.
    ///
    /// - Parameter measure: The number, or the count of code points.
    /// - Returns: True when it does.
    func allows(_ measure: Int) -> Bool {
        switch self {
        case .characters(let range), .range(let range): range.contains(measure)
        case .atLeast(let minimum): measure >= minimum
        }
    }

    /// What is allowed, in words that follow "must be".
    public var description: String {
        switch self {
        case .characters(let range): "\(range.lowerBound) to \(range.upperBound) characters long"
        case .range(let range): "between \(range.lowerBound) and \(range.upperBound)"
        case .atLeast(let minimum): "\(minimum) or more"
        }
    }
}

/// Every field that the API would not take. No value is quoted, so no password can be.
public struct RegistrationInputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One field outside its limit.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The field's name in the API.
        public let field: String
        /// What it may be.
        public let limit: FieldLimit

        /// The field and its limit in words.
        public var description: String { "\(field) must be \(limit)" }
    }

    /// The problems in the order of the API's fields; never empty.
    public let problems: [Problem]

    /// All problems in one line.
    public var description: String { problems.map(\.description).joined(separator: "; ") }
}

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

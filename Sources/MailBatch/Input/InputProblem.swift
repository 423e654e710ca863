internal import MailModel

/// Why a row of the input cannot be used: where, what, and what was expected. It never quotes a secret.
public struct InputProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable names.
    public enum ID: String, Hashable, Sendable, CaseIterable {
        /// Quotes that are not as RFC 4180 has them.
        case brokenQuotes = "broken_quotes"
        /// A row, a value or a line that is larger than anything sensible.
        case tooLarge = "too_large"
        /// More or fewer values than the first line names.
        case wrongFieldCount = "wrong_field_count"
        /// Octets that are not UTF-8.
        case notUTF8 = "not_utf8"
        /// A line that is not a JSON object.
        case badJSON = "bad_json"
        /// No address.
        case missingAddress = "missing_address"
        /// Something that is not a mail address.
        case badAddress = "bad_address"
        /// A host name, port, limit or other value that cannot be.
        case badValue = "bad_value"
        /// A value that is needed and missing.
        case missingValue = "missing_value"
        /// The address stands in an earlier row already.
        case duplicateAddress = "duplicate_address"
        /// The password could not be read from where the row says.
        case badSecret = "bad_secret"
        /// The API would not take a value.
        case badAccount = "bad_account"

        /// What it means, said of many rows.
        var meaning: String {
            switch self {
            case .brokenQuotes: "Quotes in the row are not closed, or stand in the wrong place."
            case .tooLarge: "The row is larger than anything sensible."
            case .wrongFieldCount: "The row has more or fewer values than the first line names."
            case .notUTF8: "The row is not UTF-8."
            case .badJSON: "The line is not a JSON object."
            case .missingAddress: "The row has no address."
            case .badAddress: "The row's address is not a mail address."
            case .badValue: "A value of the row cannot be."
            case .missingValue: "A value that is needed is missing."
            case .duplicateAddress: "The address stands in an earlier row already."
            case .badSecret: "The password could not be read from where the row says."
            case .badAccount: "The registration API would not take a value of the row."
            }
        }
    }

    /// The stable name.
    public var id: ID
    /// What is wrong and what was expected, in a sentence without its full stop; safe to show.
    public var reason: String
    /// The line in the file, from 1.
    public var line: Int?
    /// The column in that line, in octets from 1.
    public var column: Int?
    /// The name of the column or member, as the file has it.
    public var field: String?

    /// A problem at a place.
    public init(_ id: ID, _ reason: String, line: Int? = nil, column: Int? = nil, field: String? = nil) {
        self.id = id
        self.reason = reason
        self.line = line
        self.column = column
        self.field = field
    }

    /// `line 7, column 12 (smtp_port): ...`
    public var description: String {
        let place = [line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap(\.self).joined(
            separator: ", ")
        let name = field.map { "(\(ServerText(String($0.prefix(60))).escaped))" }
        let head = ([place] + [name].compactMap(\.self)).filter { !$0.isEmpty }.joined(separator: " ")
        return head.isEmpty ? reason : "\(head): \(reason)"
    }
}

public import MailJSON

/// The stable name of a cause, such as `bad_credentials`. New ones may be added; none is renamed.
public struct FindingID: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Names a cause.
    ///
    /// - Parameter name: snake_case.
    public init(_ name: String) { description = name }
}

extension FindingID {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text(pattern: "^[a-z][a-z0-9_]*$")
        .mapped(read: { FindingID($0) }, write: \.description)
}

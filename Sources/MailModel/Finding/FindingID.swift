/// The stable name of a cause, such as `bad_credentials`. New ones may be added; none is renamed.
public struct FindingID: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Names a cause.
    ///
    /// - Parameter name: snake_case.
    public init(_ name: String) { description = name }
}

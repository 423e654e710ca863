/// Why a behaviour file cannot be used.
public struct MailBehaviourError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}

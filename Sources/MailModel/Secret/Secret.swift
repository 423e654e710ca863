/// A password, token or key. It prints as `[redacted]`, is not `Codable`, and is read only by naming `revealed`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself. Never log, print, store or compare it in anything that prints.
    public let revealed: String

    /// Wraps a secret.
    ///
    /// - Parameter text: The secret, exactly as it is to be sent.
    public init(_ text: String) { revealed = text }

    /// Always `[redacted]`.
    public var description: String { "[redacted]" }

    /// Always `[redacted]`.
    public var debugDescription: String { "[redacted]" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

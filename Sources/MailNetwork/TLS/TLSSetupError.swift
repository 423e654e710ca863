/// Why a TLS context could not be made: a file that cannot be read, a certificate or key that cannot be used.
public struct TLSSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, in words.
    public let description: String

    init(_ description: String) { self.description = description }
}

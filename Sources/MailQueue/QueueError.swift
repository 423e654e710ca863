/// Why the queue cannot be used, or what it refuses.
public struct QueueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds.
    public enum Code: Hashable, Sendable {
        /// The C client is not installed on this machine.
        case noClient
        /// An address, a user or an option that cannot be.
        case badAddress
        /// No server answers.
        case noServer
        /// The server's certificate, or its lack of TLS.
        case notSecure
        /// The server does not let us in, or not do what is needed.
        case notAllowed
        /// The server has no JetStream.
        case noJetStream
        /// A file that is needed is not there.
        case noFile
        /// A file of keys or credentials that is not as it must be.
        case badFile
        /// What is in the queue was sealed with another key.
        case wrongKey
        /// Somebody else changed an entry first.
        case conflict
        /// Anything else that the server said, or nothing in time.
        case failed
    }

    /// The kind.
    public var code: Code
    /// What happened, in a sentence without its full stop.
    public var description: String

    /// Names both.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// Why a peer could not be started.
public struct LoopbackError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds that are told apart.
    public enum Kind: String, Hashable, Sendable {
        /// The address asked for is not a loopback address.
        case notLoopback = "not_loopback"
        /// It runs already.
        case alreadyStarted = "already_started"
        /// The kernel refused to listen there.
        case cannotListen = "cannot_listen"
        /// Its certificate or key cannot be used.
        case badCertificate = "bad_certificate"
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// What was being tried, with the system's words.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

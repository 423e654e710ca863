/// Proof that a connection may carry a secret: TLS 1.2 or later, the chain trusted, the host name matched.
///
/// A session's `authenticate` asks for one of these, and it can be made from nothing but the facts of a handshake:
/// so no login is ever written to a peer that was not verified (promise 1 of `SECURITY.md`).
public struct VerifiedChannel: Hashable, Sendable {
    /// Checks the facts; nil when any of the three conditions does not hold.
    ///
    /// - Parameter facts: What was seen in the handshake of the connection that the login would use.
    public init?(_ facts: TLSFacts) {
        guard facts.chain == .trusted, facts.hostNameMatches, facts.version.allowsLogin else { return nil }
    }
}

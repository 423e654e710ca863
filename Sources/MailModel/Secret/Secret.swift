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

/// What proves who logs in.
public enum Credential: Sendable, Hashable {
    /// An account or app password, for PLAIN and LOGIN.
    case password(Secret)
    /// An OAuth 2 access token (RFC 6750), for XOAUTH2 and OAUTHBEARER (RFC 7628).
    case accessToken(Secret)

    /// The secret inside.
    public var secret: Secret {
        switch self {
        case .password(let secret), .accessToken(let secret): secret
        }
    }
}

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

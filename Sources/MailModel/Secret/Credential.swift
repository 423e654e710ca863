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

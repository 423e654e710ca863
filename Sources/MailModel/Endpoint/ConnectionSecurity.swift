/// How TLS begins on a connection. There is no value for "not at all": such settings are never recommended.
public enum ConnectionSecurity: String, Hashable, Sendable, CaseIterable {
    /// TLS is negotiated inside the running session (RFC 3207, RFC 9051 section 6.2.1).
    case starttls
    /// TLS begins with the first octet ("implicit TLS", RFC 8314).
    case tls
}

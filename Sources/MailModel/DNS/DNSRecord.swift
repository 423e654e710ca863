/// The record types that are asked for.
public enum DNSRecordType: String, Hashable, Sendable, CaseIterable {
    /// IPv4 address (RFC 1035).
    case a = "A"
    /// IPv6 address (RFC 3596).
    case aaaa = "AAAA"
    /// Mail exchanger (RFC 1035, RFC 7505 for the null MX).
    case mx = "MX"
    /// Text (RFC 1035).
    case txt = "TXT"
    /// Service location (RFC 2782).
    case srv = "SRV"
    /// Canonical name (RFC 1035).
    case cname = "CNAME"
}

/// One record of an answer. Names are lower case, without a trailing dot; the root is "".
public enum DNSRecord: Hashable, Sendable {
    /// An IPv4 or IPv6 address as text.
    case address(String)
    /// A mail exchanger; a null MX is `(0, "")`.
    case mx(preference: Int, exchange: String)
    /// The character-strings of one TXT record, joined.
    case txt(String)
    /// A service location; "not offered" has the target "".
    case srv(priority: Int, weight: Int, port: Int, target: String)
    /// An alias.
    case cname(String)
}

/// What a DNS peer does to questions about one name, whatever its zone holds.
public enum DNSFault: String, Hashable, Sendable, CaseIterable {
    /// NXDOMAIN.
    case nameNotFound = "nxdomain"
    /// SERVFAIL.
    case serverFailure = "servfail"
    /// REFUSED.
    case refused
    /// No answer at all.
    case silent
    /// An empty answer with the bit TC over UDP; the whole answer over TCP (RFC 7766).
    case truncated
    /// An empty answer with the bit TC, over TCP too.
    case alwaysTruncated = "always_truncated"
    /// An answer to the right question with an address of another name.
    case otherOwner = "other_owner"
    /// Octets that are no DNS message, behind the right id.
    case garbage
}

/// One mechanism of an SPF record with its qualifier (RFC 7208, sections 4.6.2 and 5).
public struct SPFMechanism: Hashable, Sendable {
    /// What a match means.
    public enum Qualifier: String, Hashable, Sendable, CaseIterable {
        /// Allowed, which is meant when there is no qualifier.
        case pass = "+"
        /// Not allowed.
        case fail = "-"
        /// Probably not allowed.
        case softfail = "~"
        /// Nothing is said.
        case neutral = "?"
    }

    /// What is compared.
    public enum Kind: Hashable, Sendable {
        /// Everything matches.
        case all
        /// The record of another domain.
        case include(SPFDomain)
        /// The addresses of a name, of the domain itself when nil. Prefix lengths in bits.
        case a(SPFDomain?, ip4Prefix: Int, ip6Prefix: Int)
        /// The addresses of the mail exchangers of a name, of the domain itself when nil. Prefix lengths in bits.
        case mx(SPFDomain?, ip4Prefix: Int, ip6Prefix: Int)
        /// The name of the client's address, not to be used any more (section 5.5).
        case ptr(SPFDomain?)
        /// An IPv4 network: address and prefix length in bits.
        case ip4(String, prefix: Int)
        /// An IPv6 network: address and prefix length in bits.
        case ip6(String, prefix: Int)
        /// Whether a name, usually with macros, has an address.
        case exists(SPFDomain)
    }

    /// What a match means.
    public let qualifier: Qualifier
    /// What is compared.
    public let kind: Kind

    /// Whether receivers have to ask the DNS for it, and count it (section 4.6.4).
    public var costsLookup: Bool {
        switch kind {
        case .include, .a, .mx, .ptr, .exists: true
        case .all, .ip4, .ip6: false
        }
    }

    /// The name that is asked for, nil when it is the domain itself or there is none.
    public var domain: SPFDomain? {
        switch kind {
        case .include(let domain), .exists(let domain): domain
        case .a(let domain, _, _), .mx(let domain, _, _), .ptr(let domain): domain
        case .all, .ip4, .ip6: nil
        }
    }
}

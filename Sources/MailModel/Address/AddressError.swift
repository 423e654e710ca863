/// Why a text is not a valid address or domain name.
public enum AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no `@`.
    case missingAt
    /// Nothing stands before the `@`.
    case emptyLocalPart
    /// The part before the `@` is longer than 64 octets (RFC 5321, section 4.5.3.1.1).
    case localPartTooLong
    /// The part before the `@` holds a character that no address may hold.
    case badLocalPart
    /// Nothing stands after the `@`.
    case emptyDomain
    /// The domain is longer than 253 octets (RFC 1035, section 2.3.4).
    case domainTooLong
    /// A label of the domain is empty, too long, or holds a character that no host name may hold.
    case badLabel(String)

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .missingAt: "there is no @ in it"
        case .emptyLocalPart: "nothing stands before the @"
        case .localPartTooLong: "the part before the @ is longer than 64 characters"
        case .badLocalPart: "the part before the @ holds a character that an address cannot hold"
        case .emptyDomain: "there is no domain"
        case .domainTooLong: "the domain is longer than 253 characters"
        case .badLabel(let label): "\"\(ServerText(label).escaped)\" cannot be part of a domain name"
        }
    }
}

public import MailModel

/// How the user name of a login is made from the address.
public enum UsernameForm: String, Hashable, Sendable, CaseIterable {
    /// The whole address.
    case address
    /// The part before the `@`.
    case localPart = "local_part"
    /// A name that the provider hands out; it cannot be made from the address.
    case given

    /// The user name of an address.
    ///
    /// - Parameter address: The address, nil when only the domain is known.
    /// - Returns: The user name, nil when it cannot be told.
    public func username(for address: EmailAddress?) -> String? {
        switch self {
        case .address: address?.description
        case .localPart: address?.localPart
        case .given: nil
        }
    }
}

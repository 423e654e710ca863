public import MailModel

/// How the user name of a login is made from the address.
public enum UsernameForm: String, Hashable, Sendable, CaseIterable {
    /// The whole address.
    case address
    /// The part before the `@`.
    case localPart = "local_part"
    /// A name that the provider hands out; it cannot be made from the address.
    case given

    /// The form as settings carry it.
    public var template: UsernameTemplate {
        switch self {
        case .address: .address
        case .localPart: .localPart
        case .given: .unknown
        }
    }
}

/// Why a text cannot be the API's base. The text itself is never part of it.
public enum APIBaseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no URL.
    case malformed
    /// Its scheme is not https.
    case notHTTPS
    /// It names no host.
    case noHost
    /// It holds a user name or a password.
    case userInformation
    /// It holds a query or a fragment.
    case queryOrFragment

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .malformed: "the API's URL is not a URL"
        case .notHTTPS: "the API's URL must begin with https://"
        case .noHost: "the API's URL names no host"
        case .userInformation: "the API's URL must not hold a user name or a password"
        case .queryOrFragment: "the API's URL must not hold a query or a fragment"
        }
    }
}

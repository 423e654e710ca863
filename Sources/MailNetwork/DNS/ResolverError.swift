internal import MailModel

/// Why there is no resolver.
public enum ResolverError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no address of a name server.
    case badAddress(String)
    /// c-ares or the system refused; the reason is in words for a person.
    case cannotStart(String)

    /// What is wrong, in words for a person.
    public var description: String {
        switch self {
        case .badAddress(let text):
            "\"\(ServerText(text).escaped)\" is no name server: write IP, IP:PORT or [IPv6]:PORT"
        case .cannotStart(let reason): "the resolver cannot start: \(reason)"
        }
    }
}

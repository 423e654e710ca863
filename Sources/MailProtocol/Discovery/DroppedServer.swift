public import MailModel

/// One server that a document names and that is not used, with the reason.
public struct DroppedServer: Hashable, Sendable {
    /// Why a server is not used. The raw values are stable.
    public enum Reason: String, Error, Hashable, Sendable, CaseIterable {
        /// Neither TLS nor STARTTLS: never recommended.
        case unencrypted
        /// How TLS begins is missing or in a word that is not known.
        case unknownSecurity = "unknown_security"
        /// There is no host, or it is no fully qualified host name; an IP address is none.
        case badHost = "bad_host"
        /// There is no port, or it is no number in 1...65535.
        case badPort = "bad_port"
        /// The user name is too long or holds characters that no login can send.
        case badUsername = "bad_username"
        /// A `%` that does not belong to one of the three placeholders.
        case badPlaceholder = "bad_placeholder"
        /// The host holds the address, and only the domain is known.
        case addressNeeded = "address_needed"
        /// No login method is known that takes a password or a token.
        case noUsableAuthentication = "no_usable_authentication"
    }

    /// Which side it would have been for.
    public var service: MailService
    /// The host as written.
    public var host: ServerText?
    /// Why it is not used.
    public var reason: Reason

    /// Makes a dropped server.
    public init(service: MailService, host: ServerText?, reason: Reason) {
        self.service = service
        self.host = host
        self.reason = reason
    }
}

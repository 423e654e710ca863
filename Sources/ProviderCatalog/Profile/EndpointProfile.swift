public import MailJSON
public import MailModel

/// One server of a provider: host, port, how TLS begins, and the form of the user name.
public struct EndpointProfile: Hashable, Sendable {
    /// What stands in `host` for the domain of the address.
    public static let domainPlaceholder = "{domain}"
    /// What stands there for the target of Autodiscover's record, where that is the server of the domain.
    public static let autodiscoverPlaceholder = "{autodiscover}"
    /// What stands there for the exchanger, where the server of an account is its exchanger too.
    public static let exchangerPlaceholder = "{exchanger}"

    /// The host name, maybe with `{domain}` in it.
    public var host: String
    /// The TCP port, 1...65535.
    public var port: Int
    /// How TLS begins.
    public var security: ConnectionSecurity
    /// The form of the user name.
    public var username: UsernameForm
    /// Whose addresses are served there, nil for all.
    public var addresses: AddressGroup?

    /// The addresses that a server or a form of the user name is for.
    public enum AddressGroup: String, Hashable, Sendable, CaseIterable {
        /// Those at domains that the profile lists.
        case listedDomains = "listed_domains"
        /// Those at domains of customers.
        case ownDomains = "own_domains"
    }

    /// The records of a domain that can name the server of its accounts.
    enum NamingRecord: Hashable, Sendable, CaseIterable {
        case autodiscover, exchanger
    }

    /// The record that names the server; nil where the profile does.
    var record: NamingRecord? {
        switch host {
        case Self.autodiscoverPlaceholder: .autodiscover
        case Self.exchangerPlaceholder: .exchanger
        default: nil
        }
    }

    /// Whether it is for addresses of a kind.
    ///
    /// - Parameter isListed: Whether the profile lists their domain.
    /// - Returns: True when it is.
    public func holds(isListed: Bool) -> Bool {
        switch addresses {
        case .listedDomains?: isListed
        case .ownDomains?: !isListed
        case nil: true
        }
    }

    /// The endpoint of one account.
    ///
    /// - Parameters:
    ///   - service: What is spoken there.
    ///   - domain: The domain of the address, nil when it is not known.
    ///   - target: The name that a record of the domain has for its server, nil when that is not known.
    /// - Returns: The endpoint, nil when the host depends on something that is not known.
    public func endpoint(_ service: MailService, domain: DomainName?, target: String? = nil) -> Endpoint? {
        if record != nil {
            return target.map { Endpoint(service: service, host: $0, port: port, security: security) }
        }
        guard host.contains(Self.domainPlaceholder) else {
            return Endpoint(service: service, host: host, port: port, security: security)
        }
        guard let domain else { return nil }
        let name = host.replacing(Self.domainPlaceholder, with: domain.description)
        return Endpoint(service: service, host: name, port: port, security: security)
    }
}

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

extension EndpointProfile {
    /// How it stands in a profile.
    public static let json = JSONDescription<EndpointProfile>.object(
        EndpointProfile.init(host:port:security:username:addresses:),
        .field(
            "host", \.host, host,
            "A lower-case host name; {domain} stands for the domain of the address, {autodiscover} and {exchanger} for what those records name."
        ),
        .field("port", \.port, .integer(in: 1...65_535), "The TCP port."),
        .field("security", \.security, .word("a way to begin TLS"), "How TLS begins."),
        .field(
            "username", \.username, .word("a form of the user name"),
            "address: the whole address; local_part: the part before the @; given: a name that the provider hands out."),
        .field(
            "addresses", \.addresses, .optional(.word("a group of addresses")), missing: nil,
            "listed_domains: for addresses at the profile's domains; own_domains: for all others; left out: for all."))

    private static let host = JSONDescription<String>.text(
        pattern: #"^(\{autodiscover\}|\{exchanger\}|([a-z0-9_-]|\{domain\})([a-z0-9_.-]|\{domain\})*)$"#,
        length: 1...253
    ).checked { host throws(JSONMistake) in
        if host == autodiscoverPlaceholder || host == exchangerPlaceholder { return }
        let name =
            host.utf8.contains(UInt8(ascii: "{")) ? host.replacing(domainPlaceholder, with: "example.com") : host
        guard HostNameForm.isCanonical(name) else {
            throw JSONMistake(.badValue, "it is not a lower-case host name; {domain} may stand for the domain")
        }
    }
}

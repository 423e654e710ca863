public import MailModel

/// One server of a provider: host, port, how TLS begins, and the form of the user name.
public struct EndpointProfile: Hashable, Sendable {
    /// What stands in `host` for the domain of the address.
    public static let domainPlaceholder = "{domain}"

    /// The host name, maybe with `{domain}` in it.
    public var host: String
    /// The TCP port, 1...65535.
    public var port: Int
    /// How TLS begins.
    public var security: ConnectionSecurity
    /// The form of the user name.
    public var username: UsernameForm

    /// The endpoint of one account.
    ///
    /// - Parameters:
    ///   - service: What is spoken there.
    ///   - domain: The domain of the address, nil when it is not known.
    /// - Returns: The endpoint, nil when the host depends on a domain that is not known.
    public func endpoint(_ service: MailService, domain: DomainName?) -> Endpoint? {
        guard host.contains(Self.domainPlaceholder) else {
            return Endpoint(service: service, host: host, port: port, security: security)
        }
        guard let domain else { return nil }
        let name = host.replacing(Self.domainPlaceholder, with: domain.description)
        return Endpoint(service: service, host: name, port: port, security: security)
    }

    /// Reads one entry of `smtp` or `imap`.
    init(_ object: JSONObject) throws(CatalogError) {
        try object.allow(["host", "port", "security", "username"])
        host = try object.text("host")
        port = try object.integer("port", in: 1...65535)
        security = try object.word("security", ConnectionSecurity.self)
        username = try object.word("username", UsernameForm.self)
        guard Self.isHostName(host) else {
            throw object.error(.badValue, "host", "it is no lower-case host name; {domain} may stand for the domain")
        }
    }

    private static func isHostName(_ host: String) -> Bool {
        guard host.utf8.contains(UInt8(ascii: "{")) else { return HostNameForm.isCanonical(host) }
        return HostNameForm.isCanonical(host.replacing(domainPlaceholder, with: "example.com"))
    }

    /// Reads a list of servers in order of preference.
    ///
    /// - Parameters:
    ///   - key: `smtp` or `imap`.
    ///   - object: The profile.
    /// - Returns: The servers.
    /// - Throws: `CatalogError` for the first that is not as it must be.
    static func list(_ key: String, in object: JSONObject) throws(CatalogError) -> [EndpointProfile] {
        var result: [EndpointProfile] = []
        for item in try object.objects(key) { result.append(try EndpointProfile(item)) }
        return result
    }
}

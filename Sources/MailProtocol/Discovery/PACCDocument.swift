internal import MailJSON
public import MailModel

/// A configuration in the JSON of draft-ietf-mailmaint-pacc, which is found at
/// `https://ua-auto-config.DOMAIN/.well-known/user-agent-configuration.json`.
///
/// ```json
/// {"protocols": {"imap": {"host": "imap.example.com"}, "submit": {"host": "smtp.example.com"}},
///  "authentication": {"oauth-public": {"issuer": "https://login.example.com/"}, "password": true}}
/// ```
///
/// It is to be believed only if one of the domain's `PACCDigest` records matches its octets. Revision 02 of the draft
/// says `smtp` for what revision 03 calls `submit`: both are read. There are no ports, implicit TLS is meant (RFC 8314:
/// 993 and 465), and no user names.
public struct PACCDocument: Hashable, Sendable {
    /// The provider's name for itself.
    public let providerName: ServerText?
    /// Where OAuth 2 clients begin, an `https` URL; nil when there is none.
    public let oauthIssuer: String?
    /// Whether passwords are accepted; nil when the document does not say.
    public let acceptsPassword: Bool?
    private let sections: [ServerSection]

    /// Reads a document.
    ///
    /// - Parameter octets: The body of the answer.
    /// - Throws: `DiscoveryError` when it is no such document.
    public init(octets: [UInt8]) throws(DiscoveryError) {
        let body = try Self.body(octets)
        guard let protocols = body.protocols else { throw .notThisDocument(.other) }
        let name = body.info?.provider?.name
        providerName = name.map { ServerText(octets: Array($0.utf8), limit: 255) }
        oauthIssuer = body.authentication?.oauthPublic?.issuer.flatMap(SecureURL.checked)
        acceptsPassword = body.authentication?.password
        let methods = body.authentication.map(Self.methods)
        sections = Self.sections(protocols, methods: methods)
    }

    /// The servers that the document names.
    ///
    /// - Parameters:
    ///   - address: The address, nil while only the domain is known.
    ///   - domain: The domain of the address.
    /// - Returns: The IMAP server, then the submission server.
    public func servers(for address: EmailAddress?, domain: DomainName) -> DiscoveredServers {
        DiscoveredServers(sections, placeholders: AddressPlaceholders(address: address, domain: domain))
    }

    private static func body(_ octets: [UInt8]) throws(DiscoveryError) -> PACCBody {
        let document = try DocumentText(octets: octets)
        guard document.text.first == "{" else {
            guard document.text.first == "<" else { throw .notThisDocument(.other) }
            _ = try MarkupProlog.root(of: document)
            throw .notThisDocument(.other)
        }
        guard document.isFaithful, let body = try? PACCBody.json.read(octets: Array(document.text.utf8))
        else { throw .malformed }
        return body
    }

    private static func methods(_ authentication: PACCBody.Authentication) -> [AuthenticationMethod] {
        var methods: [AuthenticationMethod] = []
        if authentication.oauthPublic != nil { methods.append(.oauth2) }
        if authentication.password == true { methods.append(.passwordCleartext) }
        return methods
    }

    private static func sections(_ protocols: PACCBody.Protocols, methods: [AuthenticationMethod]?) -> [ServerSection] {
        var hosts: [(MailService, String?)] = []
        if let imap = protocols.imap { hosts.append((.imap, imap.host)) }
        if let submission = protocols.submit ?? protocols.smtp { hosts.append((.smtp, submission.host)) }
        return hosts.map { service, host in
            ServerSection(
                service: service, host: host, port: service == .imap ? "993" : "465", security: .tls,
                authentication: methods)
        }
    }
}

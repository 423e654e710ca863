public import MailModel

/// A configuration in Mozilla's format, as providers and the public database publish it
/// (draft-ietf-mailmaint-autoconfig-06; versions 1.1 and 1.2 of the format are read alike).
///
/// ```xml
/// <clientConfig version="1.1"><emailProvider id="example.com">
///   <incomingServer type="imap">
///     <hostname>imap.example.com</hostname><port>993</port><socketType>SSL</socketType>
///     <authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>
///   </incomingServer>
/// </emailProvider></clientConfig>
/// ```
///
/// What the draft does not know is skipped. POP3, Exchange and the rest are no concern of ours.
public struct AutoconfigDocument: Hashable, Sendable {
    /// The `id` of the provider, which some sources share between several files.
    public let providerID: ServerText?
    /// The provider's name for itself.
    public let displayName: ServerText?
    /// The mail domains that the document says it is valid for.
    public let domains: [DomainName]
    /// The domains of mail exchangers that the document says it is valid for (`purpose="mx"`).
    public let exchangeDomains: [DomainName]
    private let sections: [ServerSection]

    /// Reads a document.
    ///
    /// - Parameter octets: The body of the answer.
    /// - Throws: `DiscoveryError` when it is no such document.
    public init(octets: [UInt8]) throws(DiscoveryError) {
        let providers = try XMLReader.root(of: octets, named: "clientconfig").children("emailprovider")
        providerID = providers.first?.attributes["id"].map(Self.shown)
        displayName = providers.first?.value("displayname").map(Self.shown)
        let all = providers.flatMap { $0.children("domain") }
        domains = Self.names(all.filter { $0.attributes["purpose"]?.lowercased() != "mx" })
        exchangeDomains = Self.names(all.filter { $0.attributes["purpose"]?.lowercased() == "mx" })
        sections = providers.flatMap { $0.children.compactMap(Self.section) }
    }

    /// The servers for the addresses of one domain.
    ///
    /// - Parameter domain: The domain of the addresses.
    /// - Returns: IMAP and SMTP servers in the document's order.
    public func servers(of domain: DomainName) -> DiscoveredServers {
        DiscoveredServers(sections, placeholders: AddressPlaceholders(domain: domain))
    }

    private static func shown(_ text: String) -> ServerText { ServerText(octets: Array(text.utf8), limit: 255) }

    private static func names(_ elements: [XMLElement]) -> [DomainName] {
        elements.compactMap { $0.value.flatMap { $0.utf8.count <= 1024 ? try? DomainName($0) : nil } }
    }

    private static func section(_ element: XMLElement) -> ServerSection? {
        switch (element.name, element.attributes["type"]?.lowercased()) {
        case ("incomingserver", "imap"): section(element, service: .imap)
        case ("outgoingserver", "smtp"): section(element, service: .smtp)
        default: nil
        }
    }

    private static func section(_ element: XMLElement, service: MailService) -> ServerSection {
        let methods = element.children("authentication")
        return ServerSection(
            service: service, host: element.value("hostname"), port: element.value("port"),
            security: security(element.children("sockettype")), username: element.value("username"),
            hasPlaceholders: true, authentication: methods.isEmpty ? nil : methods.compactMap(method))
    }

    private static func method(_ element: XMLElement) -> AuthenticationMethod? {
        element.value.flatMap { AuthenticationMethod(autoconfig: $0, system: element.attributes["system"]) }
    }

    /// The first of several that is encrypted; `TLS` is what the draft's own example writes for `SSL`.
    private static func security(_ elements: [XMLElement]) -> ServerSection.Security {
        let known = elements.compactMap { element -> ServerSection.Security? in
            switch element.value?.lowercased() {
            case "ssl", "tls": .tls
            case "starttls": .starttls
            case "plain": .plain
            default: nil
            }
        }
        return known.first { $0 != .plain } ?? known.first ?? .unknown
    }
}

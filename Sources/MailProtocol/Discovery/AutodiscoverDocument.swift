public import MailModel

/// An answer of Microsoft's Autodiscover in plain old XML (MS-OXDSCLI, and the pages with "(POX)" in their title in the
/// Exchange web service reference), as Exchange sends it and as other providers imitate it.
///
/// ```xml
/// <Autodiscover><Response><Account><AccountType>email</AccountType><Action>settings</Action>
///   <Protocol><Type>IMAP</Type><Server>imap.example.com</Server><Port>993</Port><SSL>on</SSL>
///     <LoginName>jane@example.com</LoginName><SPA>off</SPA><AuthRequired>on</AuthRequired></Protocol>
/// </Account></Response></Autodiscover>
/// ```
///
/// Exchange's own protocols (`EXCH`, `EXPR`, `WEB`, MAPI) and POP3 are left out; an answer with nothing else has no
/// servers, and still tells by `exchangeHosts` whose mailbox it is.
public struct AutodiscoverDocument: Hashable, Sendable {
    /// Where to ask instead.
    public let redirect: AutodiscoverRedirect?
    /// What went wrong.
    public let fault: AutodiscoverFault?
    /// The hosts of Exchange's own protocols, each once: evidence of what runs there.
    public let exchangeHosts: [String]
    private let sections: [ServerSection]

    /// Reads an answer.
    ///
    /// - Parameter octets: The body of the answer.
    /// - Throws: `DiscoveryError` when it is no such document.
    public init(octets: [UInt8]) throws(DiscoveryError) {
        let root = try XMLReader.root(of: octets, named: "autodiscover")
        let responses = root.children("response")
        let accounts = responses.flatMap { $0.children("account") }
        let protocols = accounts.flatMap { $0.children("protocol") }
        redirect = accounts.lazy.compactMap(Self.redirect).first
        fault = ([root] + responses + accounts).lazy.compactMap { $0.child("error") }.map(Self.fault).first
        exchangeHosts = Self.exchangeHosts(protocols)
        let incoming = protocols.lazy.filter { $0.value("type")?.uppercased() != "SMTP" }
        let login = incoming.compactMap { $0.value("loginname") }.first
        sections = protocols.compactMap { AutodiscoverProtocol($0)?.section(incomingLogin: login) }
    }

    /// The servers that the answer names. Its user names are the server's words, without placeholders.
    ///
    /// - Parameter domain: The domain of the addresses.
    /// - Returns: IMAP and SMTP servers in the document's order. On SMTP, `none` among the methods is the answer's
    ///   `AuthRequired` being off, which some providers write beside servers that do want a login.
    public func servers(of domain: DomainName) -> DiscoveredServers {
        DiscoveredServers(sections, placeholders: AddressPlaceholders(domain: domain))
    }

    private static func redirect(_ account: XMLElement) -> AutodiscoverRedirect? {
        switch account.value("action")?.lowercased() {
        case "redirectaddr":
            let text = account.value("redirectaddr") ?? ""
            return (try? EmailAddress(text)).map { .address($0) } ?? .unusable(shown(text))
        case "redirecturl":
            let text = account.value("redirecturl") ?? ""
            return SecureURL.checked(text).map { .url($0) } ?? .unusable(shown(text))
        default: return nil
        }
    }

    private static func fault(_ element: XMLElement) -> AutodiscoverFault {
        AutodiscoverFault(
            code: element.value("errorcode").flatMap { ASCII.number($0.utf8) },
            message: element.value("message").map(shown))
    }

    private static func exchangeHosts(_ protocols: [XMLElement]) -> [String] {
        let own = protocols.filter { ["EXCH", "EXPR", "EXHTTP"].contains($0.value("type")?.uppercased()) }
        let hosts = own.prefix(DiscoveryLimits.sections).compactMap { $0.value("server").flatMap(HostName.checked) }
        return hosts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func shown(_ text: String) -> ServerText { ServerText(octets: Array(text.utf8), limit: 1024) }
}

/// The `Error` element of an Autodiscover answer.
public struct AutodiscoverFault: Hashable, Sendable {
    /// The code, such as 500 for an address that is not found, 600 for a request that is not understood, 601 for one
    /// that nobody here answers ("ErrorCode (POX)", Exchange web service reference).
    public var code: Int?
    /// The server's words.
    public var message: ServerText?

    /// Makes a fault.
    public init(code: Int?, message: ServerText?) {
        self.code = code
        self.message = message
    }
}

/// Where an Autodiscover answer sends its reader. It is told, and never followed by whoever parses.
public enum AutodiscoverRedirect: Hashable, Sendable {
    /// Ask again, for this address.
    case address(EmailAddress)
    /// Ask again, there: an `https` URL.
    case url(String)
    /// It should send somewhere, and what it says is neither an address nor an `https` URL; empty when it says nothing.
    case unusable(ServerText)
}

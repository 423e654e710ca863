import MailModel
import MailProtocol

/// What a document tells, as lines of text.
enum DiscoveryFacts {
    /// Reads octets as one kind of document, for jane.doe@example.com.
    static func read(
        _ octets: [UInt8], as kind: DiscoveryFixture.Kind
    ) throws(DiscoveryError) -> (lines: [String], servers: DiscoveredServers?) {
        switch kind {
        case .autoconfig:
            let document = try AutoconfigDocument(octets: octets)
            let servers = servers(document.servers)
            return (head(document) + lines(servers), servers)
        case .autodiscover:
            let document = try AutodiscoverDocument(octets: octets)
            let servers = servers(document.servers)
            return (head(document) + lines(servers), servers)
        case .pacc:
            let document = try PACCDocument(octets: octets)
            let servers = servers(document.servers)
            return (head(document) + lines(servers), servers)
        }
    }

    static func lines(
        _ servers: DiscoveredServers?, for address: EmailAddress? = try? EmailAddress("jane.doe@example.com")
    ) -> [String] {
        guard let servers else { return ["no servers"] }
        let usable = servers.usable.map { server in
            let methods = server.authentication.map { " " + self.name($0) }.joined()
            return
                "\(server.endpoint.service.rawValue) \(server.endpoint) \(server.username?.username(for: address) ?? "-")\(methods)"
        }
        return usable
            + servers.dropped.map { "drop \($0.service.rawValue) \($0.reason.rawValue) \($0.host?.escaped ?? "-")" }
    }

    private static func servers(_ read: (DomainName) -> DiscoveredServers) -> DiscoveredServers? {
        (try? DomainName("example.com")).map { read($0) }
    }

    private static func head(_ document: AutoconfigDocument) -> [String] {
        let names = [("id", document.providerID), ("name", document.displayName)]
        return names.compactMap { key, value in value.map { "\(key) \($0.escaped)" } }
            + document.domains.map { "domain \($0)" } + document.exchangeDomains.map { "mx \($0)" }
    }

    private static func head(_ document: AutodiscoverDocument) -> [String] {
        var lines = document.exchangeHosts.map { "exchange \($0)" }
        switch document.redirect {
        case .address(let address): lines.append("redirect address \(address)")
        case .url(let url): lines.append("redirect url \(url)")
        case .unusable(let text): lines.append("redirect unusable \(text.escaped.isEmpty ? "-" : text.escaped)")
        case nil: break
        }
        if let fault = document.fault {
            lines.append("fault \(fault.code.map(String.init) ?? "-") \(fault.message?.escaped ?? "-")")
        }
        return lines
    }

    private static func head(_ document: PACCDocument) -> [String] {
        [
            document.providerName.map { "name \($0.escaped)" }, document.oauthIssuer.map { "issuer \($0)" },
            document.acceptsPassword.map { "password \($0)" },
        ].compactMap(\.self)
    }

    private static func name(_ method: AuthenticationMethod) -> String {
        if case .sasl(let mechanism) = method { "sasl:\(mechanism)" } else { "\(method)" }
    }
}

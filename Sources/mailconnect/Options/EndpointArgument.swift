import ArgumentParser
import MailModel
import MailNetwork

/// `HOST:PORT`, with `/starttls` or `/tls` behind it when the port does not say it.
struct EndpointArgument: ExpressibleByArgument {
    let host: String
    let port: Int
    let security: ConnectionSecurity?

    init?(argument: String) {
        var text = argument[...]
        guard argument.count(where: { $0 == "/" }) <= 1 else { return nil }
        security = text.split(separator: "/").dropFirst().last.flatMap { ConnectionSecurity(rawValue: String($0)) }
        if let slash = text.firstIndex(of: "/") {
            guard security != nil else { return nil }
            text = text[..<slash]
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard IPAddress(host) != nil || (try? DomainName(host)) != nil else { return nil }
        self.host = IPAddress(host) != nil ? host : (try? DomainName(host))?.description ?? host
        self.port = port
    }

    /// The endpoint; a port that is always TLS says so by itself.
    func endpoint(_ service: MailService) -> Endpoint {
        let usual: ConnectionSecurity = [465, 993].contains(port) ? .tls : .starttls
        return Endpoint(service: service, host: host, port: port, security: security ?? usual)
    }
}

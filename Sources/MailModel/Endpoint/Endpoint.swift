/// One place to connect to: service, host, port and how TLS begins there.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// What is spoken there.
    public var service: MailService
    /// Host name, or an IP address as text.
    public var host: String
    /// TCP port, 1...65535.
    public var port: Int
    /// How TLS begins.
    public var security: ConnectionSecurity

    /// Makes an endpoint.
    public init(service: MailService, host: String, port: Int, security: ConnectionSecurity) {
        self.service = service
        self.host = host
        self.port = port
        self.security = security
    }

    /// `smtp.example.com:587/starttls`
    public var description: String { "\(host):\(port)/\(security.rawValue)" }
}

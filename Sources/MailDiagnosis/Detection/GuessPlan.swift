public import MailModel

/// The usual host names of a domain that nothing is known of, in the order in which they are believed.
public enum GuessPlan {
    /// Candidates of one service, best first. They are probed without credentials before anything is recommended.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - domain: The domain.
    ///   - exchangers: The domain's own mail exchangers, which often are the mail host too.
    /// - Returns: Hosts in order, each with its ports in order.
    public static func candidates(
        _ service: MailService, domain: DomainName, exchangers: [String]
    ) -> [[Endpoint]] {
        let prefix = service == .smtp ? "smtp" : "imap"
        let own = exchangers.filter { $0.hasSuffix(".\(domain)") }
        var seen: Set<String> = []
        let hosts = (["\(prefix).\(domain)", "mail.\(domain)"] + own.prefix(2) + ["\(domain)"])
            .filter { seen.insert($0).inserted }
        return hosts.map { endpoints(service, host: $0) }
    }

    /// The usual ports of one host, best first.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - host: The host.
    /// - Returns: The endpoints.
    public static func endpoints(_ service: MailService, host: String) -> [Endpoint] {
        ports(service).map { Endpoint(service: service, host: host, port: $0.port, security: $0.security) }
    }

    /// Submission on 587 is what every provider has; for IMAP TLS from the first octet comes first (RFC 8314).
    private static func ports(_ service: MailService) -> [(port: Int, security: ConnectionSecurity)] {
        service == .smtp ? [(587, .starttls), (465, .tls)] : [(993, .tls), (143, .starttls)]
    }
}

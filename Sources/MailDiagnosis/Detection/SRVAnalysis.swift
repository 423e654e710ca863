public import MailModel

/// What the service records of a domain say (RFC 6186, RFC 8314).
public struct SRVAnalysis: Sendable {
    /// The services asked for, and how TLS begins there.
    public static let services: [(name: String, service: MailService, security: ConnectionSecurity)] = [
        ("_submissions._tcp", .smtp, .tls), ("_submission._tcp", .smtp, .starttls), ("_imaps._tcp", .imap, .tls),
        ("_imap._tcp", .imap, .starttls),
    ]

    /// The endpoints of both services, best first.
    public let endpoints: [MailService: [Endpoint]]

    /// Reads the answers.
    ///
    /// Targets are taken by priority, then weight, heaviest first: a diagnosis should not depend on chance. Implicit TLS
    /// stands before STARTTLS at the same priority (RFC 8314, section 5.1). Ports 465 and 993 are TLS under any name.
    ///
    /// - Parameter responses: The answers by service name.
    public init(_ responses: [String: DNSResponse]) {
        var found: [MailService: [(priority: Int, weight: Int, endpoint: Endpoint)]] = [:]
        for (name, service, security) in Self.services {
            for case .srv(let priority, let weight, let port, let target) in responses[name]?.records ?? [] {
                guard !target.isEmpty, (1...65_535).contains(port), !ForgottenDot.leadsNowhere(target),
                    (try? DomainName(target)) != nil
                else { continue }
                let tls = security == .tls || port == 465 || port == 993
                let endpoint = Endpoint(service: service, host: target, port: port, security: tls ? .tls : .starttls)
                found[service, default: []].append((priority, weight, endpoint))
            }
        }
        endpoints = found.mapValues { candidates in
            var seen: Set<Endpoint> = []
            return candidates.enumerated()
                .sorted {
                    ($0.element.priority, -$0.element.weight, $0.offset) < (
                        $1.element.priority, -$1.element.weight, $1.offset
                    )
                }
                .map(\.element.endpoint).filter { seen.insert($0).inserted }
        }
    }

    /// Settings from the records, the best pair first. The user name is the whole address (RFC 6186, section 4). Each
    /// service may have a record alone: then the other one is looked for on the same host, at its usual ports.
    public var settings: [ServerSettings] {
        let reading = endpoints[.imap] ?? usual(.imap, besides: endpoints[.smtp])
        guard let imap = reading.first else { return [] }
        let sending = endpoints[.smtp] ?? usual(.smtp, besides: endpoints[.imap])
        return sending.map { ServerSettings(smtp: $0, imap: imap, source: .srv) }
    }

    private func usual(_ service: MailService, besides others: [Endpoint]?) -> [Endpoint] {
        others?.first.map { GuessPlan.endpoints(service, host: $0.host) } ?? []
    }
}

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

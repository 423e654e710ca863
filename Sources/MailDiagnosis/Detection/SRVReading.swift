public import MailModel

/// What the service records of a domain say (RFC 6186, RFC 8314).
public struct SRVReading: Sendable {
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
                guard !target.isEmpty, (1...65_535).contains(port), (try? DomainName(target)) != nil else { continue }
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

    /// Settings from the records, when both services are there.
    ///
    /// - Parameter address: The address; its whole form is the user name (RFC 6186, section 4).
    /// - Returns: The best pair first.
    public func settings(for address: EmailAddress?) -> [AccountSettings] {
        guard let imap = endpoints[.imap]?.first else { return [] }
        let username = address?.description
        return (endpoints[.smtp] ?? []).map {
            AccountSettings(smtp: $0, smtpUsername: username, imap: imap, imapUsername: username, source: "srv")
        }
    }
}

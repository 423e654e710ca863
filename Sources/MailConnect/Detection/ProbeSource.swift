internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Tries the usual host names of a domain, without credentials: only servers that answer are ever proposed.
///
/// A server that answers under the domain's name with somebody else's good certificate tells by it where it really is: that
/// host is tried too, and proposed instead of an exception for the certificate.
struct ProbeSource: Sendable {
    /// How many hosts that certificates name are tried.
    static let maximumLeads = 2

    let context: CheckContext
    let catalog: Catalog

    /// What answered, best first, and the ledger's lines.
    struct Answer: Sendable {
        var settings: [ServerSettings]
        var evidence: [Evidence]
        var disclosures: [Disclosure]
    }

    func ask(_ domain: DomainName, exchangers: [String]) async -> Answer {
        async let smtp = probe(.smtp, domain, exchangers)
        async let imap = probe(.imap, domain, exchangers)
        let (sending, reading) = await (smtp, imap)
        var settings: [ServerSettings] = []
        if let best = reading.first(where: \.answered)?.endpoint {
            settings = sending.filter(\.answered).map {
                ServerSettings(smtp: $0.endpoint, imap: best, source: .probe)
            }
        }
        let all = sending + reading
        let hosts = all.filter(\.connected).reduce(into: [String]()) {
            if !$0.contains($1.endpoint.host) { $0.append($1.endpoint.host) }
        }
        return Answer(
            settings: settings, evidence: all.flatMap(\.evidence),
            disclosures: hosts.map { Disclosure(party: $0, matter: .connection) })
    }

    /// Hosts side by side, the ports of one host one after another. Trusted servers stand before others.
    private func probe(_ service: MailService, _ domain: DomainName, _ exchangers: [String]) async -> [Probe] {
        let hosts = GuessPlan.candidates(service, domain: domain, exchangers: exchangers)
        var probes = await probe(hosts)
        let leads = probes.flatMap { Self.leads($0, domain: domain) }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .filter { lead in !probes.contains { $0.endpoint.host == lead } }
        probes += await probe(leads.prefix(Self.maximumLeads).map { GuessPlan.endpoints(service, host: $0) })
        return probes.filter { $0.outcome == .found } + probes.filter { $0.outcome != .found }
    }

    private func probe(_ hosts: [[Endpoint]]) async -> [Probe] {
        await hosts.concurrentMap { await probe(ports: $0) }.flatMap { $0 }
    }

    private func probe(ports endpoints: [Endpoint]) async -> [Probe] {
        var result: [Probe] = []
        for endpoint in endpoints {
            let begun = ContinuousClock.now
            let check = EndpointCheck(endpoint: endpoint, login: .none(.loginNotWanted), context: context)
            let probe = Probe(await check.run(), duration: .now - begun, catalog: catalog)
            result.append(probe)
            if probe.hasNoAddress || probe.outcome == .found { break }
        }
        return result
    }

    /// The hosts that a good certificate for others names: names as they are, no patterns, none of the domain itself.
    private static func leads(_ probe: Probe, domain: DomainName) -> [String] {
        guard probe.answered, let tls = probe.tls, tls.chain == .trusted, !tls.hostNameMatches else { return [] }
        let names = tls.certificates.first?.dnsNames ?? []
        return names.filter { name in
            guard let host = try? DomainName(name), host.labels.count >= 2 else { return false }
            return !host.isEqualOrBelow(domain.description)
        }.map { $0.lowercased() }
    }
}

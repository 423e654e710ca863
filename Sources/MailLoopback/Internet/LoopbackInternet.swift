import MailModel

/// A small internet on loopback: each host has an address of its own in 127.77/16, one DNS server knows them all.
///
/// ```swift
/// let internet = LoopbackInternet(sites: [LoopbackSite(host: "smtp.example.test", port: 587, peer: peer)], zone: [])
/// let routes = try await internet.start()
/// routes.addresses.place(host: "smtp.example.test", port: 587)
/// ```
public final class LoopbackInternet: Sendable {
    /// The DNS server.
    public let dns: DNSPeer
    /// The services.
    public let sites: [LoopbackSite]

    private let hosts: [String: String]
    private let usesRealPorts: Bool

    /// Plans an internet. An A record is added for each host.
    ///
    /// - Parameters:
    ///   - sites: The services; up to 60,000 hosts.
    ///   - zone: Further DNS records.
    ///   - faults: What the DNS server does to questions about some names.
    ///   - usesRealPorts: Whether the peers listen on the ports that they play; then no map is needed, but the
    ///     privilege for ports below 1024.
    public init(
        sites: [LoopbackSite], zone: [DNSZoneRecord], faults: [String: DNSFault] = [:], usesRealPorts: Bool = false
    ) {
        var hosts: [String: String] = [:]
        for site in sites where hosts[site.host] == nil {
            hosts[site.host] = "127.77.\(hosts.count / 250 + 1).\(hosts.count % 250 + 1)"
        }
        self.sites = sites
        self.hosts = hosts
        self.usesRealPorts = usesRealPorts
        let addresses = hosts.map { DNSZoneRecord($0, DNSRecord.address($1)) }
        dns = DNSPeer(zone: zone + addresses, faults: faults)
    }

    /// Starts the DNS server and every service.
    ///
    /// - Returns: The way to them.
    /// - Throws: `LoopbackError` when one cannot listen; those that were started are stopped again.
    public func start() async throws(LoopbackError) -> LoopbackRoutes {
        do {
            return try await startAll()
        } catch {
            await stop()
            throw error
        }
    }

    /// Stops everything.
    public func stop() async {
        for site in sites { await site.peer.stop() }
        await dns.stop()
    }

    private func startAll() async throws(LoopbackError) -> LoopbackRoutes {
        var map = AddressMap()
        for site in sites {
            let address = hosts[site.host] ?? "127.0.0.1"
            let port = try await site.peer.start(address: address, port: usesRealPorts ? site.port : 0)
            map.add(host: site.host, port: site.port, at: AddressMap.Place(address: address, port: port))
        }
        let resolver = AddressMap.Place(address: "127.0.0.1", port: try await dns.start())
        return LoopbackRoutes(addresses: map, resolver: resolver)
    }
}

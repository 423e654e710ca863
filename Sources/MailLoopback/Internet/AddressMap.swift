/// Where the peers of a small internet really listen: (host or address, port) as a client names it, to (address, port).
///
/// Ports below 1024 need privileges, so a peer that plays port 587 listens on a high port of its own loopback address.
/// Whoever opens TCP connections asks this map last, right before it connects.
public struct AddressMap: Hashable, Sendable {
    /// An address and a port.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The IP address as text.
        public var address: String
        /// The port.
        public var port: Int

        /// Names a place.
        public init(address: String, port: Int) {
            self.address = address
            self.port = port
        }

        /// `127.77.1.1:587`
        public var description: String { "\(address):\(port)" }
    }

    /// The loopback address of each host, by its name in lower case.
    public private(set) var addresses: [String: String] = [:]

    private var ports: [Place: Int] = [:]

    /// An empty map: everything is where it says.
    public init() {}

    /// Adds a peer.
    ///
    /// - Parameters:
    ///   - host: The host it plays.
    ///   - port: The port it plays.
    ///   - place: Where it listens.
    public mutating func add(host: String, port: Int, at place: Place) {
        addresses[host.lowercased()] = place.address
        ports[Place(address: place.address, port: port)] = place.port
    }

    /// Where to connect to.
    ///
    /// - Parameters:
    ///   - host: A host name or an IP address as text.
    ///   - port: The port that the client means.
    /// - Returns: The real place; what is not in the map is returned as it came.
    public func place(host: String, port: Int) -> Place {
        let address = addresses[host.lowercased()] ?? host
        return Place(address: address, port: ports[Place(address: address, port: port)] ?? port)
    }

    /// The real place of what is in the map.
    ///
    /// - Parameters:
    ///   - host: A host name or an IP address as text.
    ///   - port: The port that the client means.
    /// - Returns: The address and port; nil for what is not in the map.
    public func rerouted(host: String, port: Int) -> (address: String, port: Int)? {
        let address = addresses[host.lowercased()] ?? host
        return ports[Place(address: address, port: port)].map { (address, $0) }
    }

    /// Every pair, as (what a client names, where it is), sorted.
    public var entries: [(named: Place, real: Place)] {
        ports.map { (named: $0, real: Place(address: $0.address, port: $1)) }
            .sorted { $0.named.description < $1.named.description }
    }
}

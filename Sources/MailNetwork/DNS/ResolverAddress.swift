/// The address of a name server: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`.
public struct ResolverAddress: Hashable, Sendable, CustomStringConvertible {
    /// The IP address, in its canonical form.
    public let ip: String
    /// The port, for UDP and TCP alike.
    public let port: UInt16

    /// Reads an address.
    ///
    /// - Parameter text: The address; without a port it is 53.
    /// - Throws: `ResolverError.badAddress` for a host name, a zone index, a port of 0, or anything else.
    public init(_ text: String) throws(ResolverError) {
        let (host, portText) = Self.split(text)
        guard let host, let address = IPAddress(host) else { throw .badAddress(text) }
        if let portText {
            guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(portText), number > 0
            else { throw .badAddress(text) }
            port = number
        } else {
            port = 53
        }
        ip = address.description
    }

    /// The address as `ares_set_servers_ports_csv` reads it.
    public var description: String { ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)" }

    private static func split(_ text: String) -> (host: String?, port: String?) {
        if text.hasPrefix("[") {
            let rest = text.dropFirst()
            guard let end = rest.firstIndex(of: "]") else { return (nil, nil) }
            let (host, tail) = (String(rest[..<end]), rest[rest.index(after: end)...])
            guard host.contains(":") else { return (nil, nil) }
            if tail.isEmpty { return (host, nil) }
            return tail.hasPrefix(":") ? (host, String(tail.dropFirst())) : (nil, nil)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (text, nil)
    }
}

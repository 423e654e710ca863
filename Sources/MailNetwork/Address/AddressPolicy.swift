/// Which addresses may be connected to, by TCP and by HTTPS alike.
///
/// This is the one place that can refuse an address, whatever name led to it: it is asked about each address that a
/// look-up gave, after each redirect too, before a socket is opened. A command line lets everything through; a service
/// that takes names and URLs from strangers takes `publicOnly`, or they would reach what only its own machine may reach
/// (server-side request forgery). The name server that was configured is not asked about.
public struct AddressPolicy: Sendable {
    /// Every address may be connected to.
    public static let all = AddressPolicy { _ in true }

    private let isAllowed: @Sendable (String) -> Bool

    /// Makes a policy.
    ///
    /// - Parameter isAllowed: Says whether an IPv4 or IPv6 address, in its canonical text form, may be connected to.
    public init(_ isAllowed: @escaping @Sendable (String) -> Bool) { self.isAllowed = isAllowed }

    /// Whether an address may be connected to.
    ///
    /// - Parameter address: An IPv4 or IPv6 address in its canonical text form.
    /// - Returns: False to refuse it.
    public func allows(_ address: String) -> Bool { isAllowed(address) }

    /// Only addresses of the public internet may be connected to.
    ///
    /// Refused are the special-purpose ranges (RFC 6890 and its registries): private, loopback, link-local with the
    /// metadata services of clouds (169.254.169.254), shared (CGNAT), multicast, reserved, documentation, benchmarks.
    /// An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is judged by that, and of IPv6 only global
    /// unicast is let through.
    ///
    /// - Parameter exceptions: Ranges that may be connected to all the same; an address that carries an IPv4 one is an
    ///   exception when that is.
    /// - Returns: The policy.
    public static func publicOnly(allowing exceptions: [CIDR] = []) -> AddressPolicy {
        AddressPolicy { text in
            guard let address = IPAddress(text) else { return false }
            let carried = address.carriedIPv4
            if exceptions.contains(where: { $0.contains(address) || carried.map($0.contains) == true }) { return true }
            return carried.map(\.isPublicIPv4) ?? address.isPublic
        }
    }
}

/// A range of addresses: `192.0.2.0/24` or `2001:db8::/32` (RFC 4632, RFC 4291).
public struct CIDR: Hashable, Sendable, CustomStringConvertible {
    /// The first address of the range.
    public let network: IPAddress
    /// How many bits of it are the same in the whole range.
    public let prefixLength: Int

    /// Reads a range; an address alone is a range of one. Nil for anything else, also when a bit behind the prefix is set.
    ///
    /// - Parameter text: The range.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)), parts.count <= 2 else { return nil }
        let bits = address.octets.count * 8
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]), length <= bits
            else { return nil }
            prefixLength = length
        } else {
            prefixLength = bits
        }
        network = address
        let hasHostBits = (prefixLength..<bits).contains { address.octets[$0 / 8] & (0x80 >> UInt8($0 % 8)) != 0 }
        if hasHostBits { return nil }
    }

    /// The range as text.
    public var description: String { "\(network)/\(prefixLength)" }

    /// Whether an address lies in it; an address of the other family does not.
    ///
    /// - Parameter address: The address.
    /// - Returns: True when it does.
    public func contains(_ address: IPAddress) -> Bool {
        guard address.octets.count == network.octets.count else { return false }
        let (whole, rest) = prefixLength.quotientAndRemainder(dividingBy: 8)
        guard address.octets.prefix(whole) == network.octets.prefix(whole) else { return false }
        guard rest > 0 else { return true }
        return (address.octets[whole] ^ network.octets[whole]) & ~(0xFF >> UInt8(rest)) == 0
    }
}

extension IPAddress {
    /// The IPv4 address that an IPv6 one stands for: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
    fileprivate var carriedIPv4: IPAddress? {
        guard isIPv6 else { return nil }
        if Self.mapped.contains(self) || Self.nat64.contains(self) { return IPAddress(octets: octets.suffix(4)) }
        return Self.sixToFour.contains(self) ? IPAddress(octets: octets[2..<6]) : nil
    }

    fileprivate var isPublic: Bool {
        isIPv6
            ? Self.globalUnicast.contains(self) && !Self.specialIPv6.contains { $0.contains(self) } : isPublicIPv4
    }

    fileprivate var isPublicIPv4: Bool { !isIPv6 && !Self.specialIPv4.contains { $0.contains(self) } }

    private static let mapped = ranges("::ffff:0:0/96")[0]
    private static let nat64 = ranges("64:ff9b::/96")[0]
    private static let sixToFour = ranges("2002::/16")[0]
    private static let globalUnicast = ranges("2000::/3")[0]

    /// IANA IPv4 Special-Purpose Address Registry, multicast and the reserved rest.
    private static let specialIPv4 = ranges(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3")

    /// What lies within global unicast and is special: IETF protocols with Teredo (RFC 2928), and documentation.
    private static let specialIPv6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20")

    private static func ranges(_ texts: String...) -> [CIDR] {
        texts.map { text in
            guard let range = CIDR(text) else { preconditionFailure("\(text), written here, is no range") }
            return range
        }
    }
}

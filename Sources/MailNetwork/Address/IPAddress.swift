internal import FoundationEssentials
import Glibc

/// An IPv4 or IPv6 address, told from a host name by the operating system's own reader.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The octets in network order: 4 or 16.
    public let octets: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else, host names among them.
    ///
    /// - Parameter text: The address, without brackets or zone.
    public init?(_ text: String) {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 {
            octets = four
            return
        }
        var sixteen = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        octets = sixteen
    }

    /// Takes octets; nil unless there are 4 or 16.
    ///
    /// - Parameter octets: The address in network order.
    public init?(octets: some Collection<UInt8>) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.octets = Array(octets)
    }

    /// Whether it is an IPv6 address.
    public var isIPv6: Bool { octets.count == 16 }

    /// The address as text (RFC 5952 for IPv6).
    public var description: String {
        var buffer = [CChar](repeating: 0, count: 64)
        guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, octets, &buffer, 64) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

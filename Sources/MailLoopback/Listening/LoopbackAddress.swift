import NIOCore

/// An address that cannot leave the machine.
struct LoopbackAddress {
    let socketAddress: SocketAddress

    init(_ address: String, port: Int) throws(LoopbackError) {
        guard address.hasPrefix("127.") || address == "::1" else {
            throw LoopbackError(.notLoopback, "\(address) is not a loopback address")
        }
        do {
            socketAddress = try SocketAddress(ipAddress: address, port: port)
        } catch {
            throw LoopbackError(.notLoopback, "\(address) is not an IP address")
        }
    }
}

import Foundation

/// A socket address on 127.0.0.1.
enum LoopbackPort {
    /// Binds a socket to a port of 127.0.0.1.
    ///
    /// - Parameters:
    ///   - type: Datagram or stream.
    ///   - port: The port, 0 for any free one.
    /// - Returns: The socket; nil when the port is taken.
    static func bind(_ type: __socket_type, port: UInt16 = 0) -> Int32? {
        let socket = Foundation.socket(AF_INET, Int32(type.rawValue), 0)
        guard socket >= 0 else { return nil }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        if type == SOCK_STREAM {
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        guard withAddress(port, { Foundation.bind(socket, $0, $1) }) == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    /// The port of a bound socket.
    static func number(of socket: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port on which nobody listens now, neither UDP nor TCP.
    static func free() -> UInt16 {
        for _ in 0..<50 {
            guard let datagrams = bind(SOCK_DGRAM) else { continue }
            defer { close(datagrams) }
            let port = number(of: datagrams)
            guard let stream = bind(SOCK_STREAM, port: port) else { continue }
            close(stream)
            return port
        }
        return 0
    }

    /// Whether somebody accepts connections there.
    static func accepts(_ port: UInt16) -> Bool {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return withAddress(port) { connect(socket, $0, $1) } == 0
    }

    /// Begins to connect to a port, and does not wait for the end of it.
    static func beginConnecting(to port: UInt16) -> Int32 {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        _ = withAddress(port) { connect(socket, $0, $1) }
        return socket
    }

    private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

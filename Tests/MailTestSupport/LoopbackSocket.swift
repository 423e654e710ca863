import Foundation

/// A socket could not be used.
public struct SocketFailure: Error {
    /// Makes one.
    public init() {}
}

/// A TCP connection to loopback that says what it is told to, so that every octet and the end are in the caller's hands.
public final class LoopbackSocket: Sendable {
    private let socket: Int32

    /// Connects.
    ///
    /// - Parameter port: Where.
    /// - Throws: `SocketFailure` when nobody listens there.
    public init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) == 0 }
        }
        guard isOpen else {
            close(socket)
            throw SocketFailure()
        }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    /// Says something; what a peer that is gone does not take is lost.
    public func send(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// What comes next; nothing at the end. It blocks the thread.
    public func receive() -> [UInt8] {
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &part, part.count, 0)
        return Array(part.prefix(max(0, count)))
    }

    /// Everything until the other side closes, or, where a text is named, until that has come.
    public func rest(until text: String? = nil) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                var all: [UInt8] = []
                while true {
                    let part = receive()
                    guard !part.isEmpty else { break }
                    all += part
                    if let text, String(decoding: all, as: UTF8.self).contains(text) { break }
                }
                continuation.resume(returning: all)
            }
        }
    }

    /// Goes away without a word.
    public func leave() { shutdown(socket, Int32(SHUT_RDWR)) }
}

/// A server that accepts and says nothing; it tells when a client has closed.
public final class SilentServer: Sendable {
    private let socket: Int32
    /// Where it listens.
    public let port: Int

    /// Listens.
    ///
    /// - Parameter everywhere: Whether at all addresses of this machine, and not at one of loopback alone.
    /// - Throws: `SocketFailure`.
    public init(everywhere: Bool = false) throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        if !everywhere { address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian }
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 4_096) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard isBound else { throw SocketFailure() }
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }

    /// Waits for one client and for its going away.
    ///
    /// - Parameter came: Told when it has connected.
    /// - Returns: When it has closed.
    public func client(came: @escaping @Sendable () -> Void) async -> ContinuousClock.Instant {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                let client = accept(socket, nil, nil)
                came()
                var part = [UInt8](repeating: 0, count: 1_024)
                while recv(client, &part, part.count, 0) > 0 {}
                close(client)
                continuation.resume(returning: .now)
            }
        }
    }

    /// Accepts whoever comes, on a thread of its own, as long as the process lives.
    public func acceptAll() {
        Thread.detachNewThread { [self] in while accept(socket, nil, nil) >= 0 {} }
    }
}

import Foundation

/// A socket could not be used.
struct SocketFailure: Error {}

/// A connection of the measuring client; it waits for each answer.
final class BenchmarkConnection: @unchecked Sendable {
    // Sendable by use: one thread has it at a time.
    private let socket: Int32
    private var part = [UInt8](repeating: 0, count: 65_536)

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) == 0 }
        }
        guard isOpen else { throw SocketFailure() }
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    func send(_ text: String) { _ = Foundation.send(socket, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }

    /// Reads until a text has come; false when the connection ends before.
    func read(until text: String) -> Bool {
        var all = ""
        while !all.contains(text) {
            let count = recv(socket, &part, part.count, 0)
            guard count > 0 else { return false }
            all += String(decoding: part.prefix(count), as: UTF8.self)
        }
        return true
    }

    /// Reads one answer that says how long it is.
    func readAnswer() -> Bool {
        var all: [UInt8] = []
        while true {
            let count = recv(socket, &part, part.count, 0)
            guard count > 0 else { return false }
            all += part.prefix(count)
            let text = String(decoding: all, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n"),
                let field = text[..<end.lowerBound].range(of: "Content-Length: "),
                let length = Int(text[field.upperBound...].prefix { $0.isNumber })
            else { continue }
            if text[end.upperBound...].utf8.count >= length { return true }
        }
    }
}

/// A server at all addresses of loopback that accepts and says nothing.
final class SilentListener: Sendable {
    let port: Int

    init() throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 4_096) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard isBound else { throw SocketFailure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { while accept(socket, nil, nil) >= 0 {} }
    }
}

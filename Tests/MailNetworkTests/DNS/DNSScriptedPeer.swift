import Foundation
import Synchronization

@testable import MailNetwork

/// A name server that does what a test says, on UDP and TCP of one port of 127.0.0.1.
final class DNSScriptedPeer: Sendable {
    /// Answers a query with any number of messages.
    typealias Script = @Sendable (DNSWire.Query) -> [[UInt8]]

    struct NoSocket: Error {}

    let port: UInt16
    private let received = Mutex<[DNSWire.Query]>([])
    private let datagrams: Int32
    private let listener: Int32
    private let wakeUp: WakeUp
    private let script: Script
    private let isStopped = Atomic(false)

    /// Runs a peer as long as the body needs it.
    static func run<Result>(
        _ script: @escaping Script, body: (DNSScriptedPeer) async throws -> Result
    ) async throws -> Result {
        let peer = try DNSScriptedPeer(script)
        let thread = OwnedThread(name: "dns-peer") { peer.serve() }
        defer {
            peer.isStopped.store(true, ordering: .relaxed)
            peer.wakeUp.signal()
            thread.join()
        }
        return try await body(peer)
    }

    private init(_ script: @escaping Script) throws {
        for _ in 0..<50 {
            guard let datagrams = LoopbackPort.bind(SOCK_DGRAM), let wakeUp = WakeUp() else { continue }
            let port = LoopbackPort.number(of: datagrams)
            guard let listener = LoopbackPort.bind(SOCK_STREAM, port: port), listen(listener, 128) == 0 else {
                close(datagrams)
                continue
            }
            (self.port, self.datagrams, self.listener, self.wakeUp) = (port, datagrams, listener, wakeUp)
            self.script = script
            return
        }
        throw NoSocket()
    }

    deinit {
        close(datagrams)
        close(listener)
    }

    /// What was asked so far.
    var queries: [DNSWire.Query] { received.withLock { $0 } }

    /// The peer as a resolver's server.
    var address: ResolverAddress { get throws { try ResolverAddress("127.0.0.1:\(port)") } }

    private func serve() {
        var watched = [datagrams, listener, wakeUp.readingEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while !isStopped.load(ordering: .relaxed) {
            guard poll(&watched, nfds_t(watched.count), -1) > 0 else { continue }
            if watched[0].revents != 0 { serveDatagram() }
            if watched[1].revents != 0 { serveConnection() }
        }
    }

    private func note(_ octets: [UInt8], isTCP: Bool) -> DNSWire.Query {
        received.withLock { queries in
            let query = DNSWire.Query(octets: octets, isTCP: isTCP, index: queries.count)
            queries.append(query)
            return query
        }
    }

    private func serveDatagram() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var from = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &from) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let count = recvfrom(datagrams, &buffer, buffer.count, 0, address, &length)
                guard count >= 12 else { return }
                for answer in script(note(Array(buffer.prefix(count)), isTCP: false)) {
                    _ = sendto(datagrams, answer, answer.count, 0, address, length)
                }
            }
        }
    }

    /// One query a connection, read with a time limit; then the connection is closed.
    private func serveConnection() {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var (octets, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while octets.count < 2 || octets.count < 2 + Int(octets[0]) << 8 + Int(octets[1]) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            octets += buffer.prefix(count)
        }
        for answer in script(note(Array(octets.dropFirst(2)), isTCP: true)) {
            let framed = DNSWire.number(answer.count) + answer
            _ = send(connection, framed, framed.count, Int32(MSG_NOSIGNAL))
        }
    }
}

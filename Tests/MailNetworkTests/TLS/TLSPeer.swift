import Foundation
import MailLoopback
import MailModel

@testable import MailNetwork

/// A TLS server of one connection at a time whose doings a test writes down, down to HelloRequest and KeyUpdate.
final class TLSPeer: Sendable {
    /// What it does once the handshake is over; the rest of what the client says is read in between.
    typealias Script = @Sendable (Session) -> Void

    /// One connection, on the peer's thread alone.
    final class Session {
        let engine: TLSEngine
        let socket: Int32
        private(set) var heard: [UInt8] = []

        init(engine: TLSEngine, socket: Int32) {
            self.engine = engine
            self.socket = socket
        }

        func say(_ text: String) {
            _ = engine.write(Array(text.utf8))
            flush()
        }

        func flush() {
            let output = engine.takeOutput()
            if !output.isEmpty { _ = send(socket, output, output.count, Int32(MSG_NOSIGNAL)) }
        }

        /// Reads once from the wire; false at its end.
        func receive() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            engine.receive(Array(buffer.prefix(count)))
            return true
        }

        /// Waits for a text of the client's; false when the connection ends before.
        func wait(for text: String) -> Bool {
            while true {
                while case .completed(let octets) = engine.read() { heard += octets }
                flush()
                if String(decoding: heard, as: UTF8.self).contains(text) { return true }
                guard receive() else { return false }
            }
        }
    }

    let port: Int
    private let listener: Int32
    private let context: TLSServerContext
    private let script: Script

    /// Runs a peer as long as the body needs it.
    static func run(
        _ context: TLSServerContext, _ script: @escaping Script, body: (Int) async throws -> Void
    ) async throws {
        guard let listener = LoopbackPort.bind(SOCK_STREAM), listen(listener, 64) == 0 else {
            throw DNSScriptedPeer.NoSocket()
        }
        let peer = TLSPeer(listener: listener, context: context, script: script)
        let thread = OwnedThread(name: "tls-peer") { peer.serve() }
        defer {
            shutdown(listener, Int32(SHUT_RDWR))
            thread.join()
            close(listener)
        }
        try await body(peer.port)
    }

    private init(listener: Int32, context: TLSServerContext, script: @escaping Script) {
        self.listener = listener
        self.context = context
        self.script = script
        port = Int(LoopbackPort.number(of: listener))
    }

    private func serve() {
        while true {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { return }
            var patience = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            if let engine = try? TLSEngine(.server(context)) { serve(Session(engine: engine, socket: socket)) }
            close(socket)
        }
    }

    private func serve(_ session: Session) {
        while true {
            let progress = session.engine.handshake()
            session.flush()
            switch progress {
            case .completed: return script(session)
            case .wantsMore: guard session.receive() else { return }
            case .closed, .failed: return
            }
        }
    }
}

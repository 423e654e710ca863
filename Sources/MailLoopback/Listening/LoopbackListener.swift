import NIOCore
import NIOPosix
import Synchronization

/// A TCP server on loopback: it accepts, and leaves the talking to what `configure` puts into the pipeline.
final class LoopbackListener: Sendable {
    private let configure: @Sendable (any Channel) throws -> Void
    private let connections = ConnectionKeeper()
    private let listening = Mutex<Listening>(.no)

    private enum Listening: Sendable {
        case no, starting
        case yes(any Channel)
    }

    /// - Parameter configure: Adds the handlers of one accepted connection; runs on its event loop.
    init(configure: @escaping @Sendable (any Channel) throws -> Void) { self.configure = configure }

    /// Begins to listen, and returns the port.
    func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        let place = try LoopbackAddress(address, port: port)
        let isFree = listening.withLock {
            guard case .no = $0 else { return false }
            $0 = .starting
            return true
        }
        guard isFree else { throw LoopbackError(.alreadyStarted, "this peer listens already") }
        connections.open()
        do {
            let channel = try await bootstrap().bind(to: place.socketAddress).get()
            listening.withLock { $0 = .yes(channel) }
            return channel.localAddress?.port ?? port
        } catch {
            listening.withLock { $0 = .no }
            throw LoopbackError(.cannotListen, "cannot listen on \(address):\(port): \(error)")
        }
    }

    /// Stops listening first, so that nothing new comes in, then closes what is open.
    func stop() async {
        let channel: (any Channel)? = listening.withLock {
            guard case .yes(let channel) = $0 else { return nil }
            $0 = .no
            return channel
        }
        try? await channel?.close()
        await connections.closeAll()
    }

    deinit {
        if case .yes(let channel) = listening.withLock({ $0 }) { channel.close(promise: nil) }
    }

    private func bootstrap() -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [connections, configure] channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.keep(channel)
                    try configure(channel)
                }
            }
    }
}

public import MailModel
import NIOCore
import NIOPosix

/// A DNS server on loopback, over UDP and TCP on one port, that answers from a small zone and can be made to fail.
public final class DNSPeer: LoopbackPeer {
    private let responder: DNSResponder
    private let stream: LoopbackListener
    private let datagrams = ConnectionKeeper()

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - zone: All that it knows.
    ///   - faults: What it does to questions about some names; the name `*` stands for every other one.
    public init(zone: [DNSZoneRecord], faults: [String: DNSFault] = [:]) {
        let responder = DNSResponder(zone: DNSZone(zone), faults: faults)
        self.responder = responder
        stream = LoopbackListener { channel in
            try channel.pipeline.syncOperations.addHandler(DNSStreamHandler(responder))
        }
    }

    /// The questions asked so far, in order, such as `example.test MX`: names in lower case.
    public var questions: [String] { responder.questions }

    /// How often a question was asked.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - type: The record type.
    /// - Returns: The count, over UDP and TCP together.
    public func count(_ name: String, _ type: DNSRecordType) -> Int {
        let question = "\(DNSZone.canonical(name)) \(type.rawValue)"
        return responder.questions.count { $0 == question }
    }

    /// Begins to listen, over UDP and TCP alike.
    ///
    /// - Parameters:
    ///   - address: A loopback address.
    ///   - port: The port, 0 to have the kernel choose one.
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    public func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        // The port that the kernel chose for TCP may be taken for UDP: then it is asked for another.
        for _ in 0..<8 where port == 0 {
            let chosen = try await stream.start(address: address, port: 0)
            if (try? await listenForDatagrams(address, chosen)) != nil { return chosen }
            await stream.stop()
        }
        let chosen = try await stream.start(address: address, port: port)
        do {
            try await listenForDatagrams(address, chosen)
        } catch {
            await stream.stop()
            throw error
        }
        return chosen
    }

    /// Stops listening.
    public func stop() async {
        await stream.stop()
        await datagrams.closeAll()
    }

    private func listenForDatagrams(_ address: String, _ port: Int) async throws(LoopbackError) {
        let place = try LoopbackAddress(address, port: port)
        let bootstrap = DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { [responder] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DNSDatagramHandler(responder))
                }
            }
        do {
            datagrams.open()
            datagrams.keep(try await bootstrap.bind(to: place.socketAddress).get(), lifetime: nil)
        } catch {
            throw LoopbackError(.cannotListen, "cannot listen on \(address):\(port): \(error)")
        }
    }
}

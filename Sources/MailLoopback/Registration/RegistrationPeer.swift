import MailNetwork
import NIOCore
import NIOHTTP1

/// Stands in for the registration API over HTTPS, on loopback.
///
/// It judges requests as the API's reference page says, keeps accounts in memory, and can be made to fail in the ways
/// that matter to a client.
public final class RegistrationPeer: LoopbackPeer {
    private let tls: PeerTLS
    private let desk: RegistrationDesk
    private let listener: LoopbackListener
    private let context = SharedTLSContext()

    /// Makes a peer.
    ///
    /// - Parameters:
    ///   - certificate: What it presents.
    ///   - faults: What it does to the first POSTs, one each.
    ///   - repeatsFault: Whether the first fault holds for every POST.
    ///   - allowsDuplicates: Whether an account that is there is stored once more instead of refused, to be counted.
    ///   - tell: Told of each moment while it happens; the peer goes on when it returns.
    public init(
        certificate: IssuedCertificate, faults: [RegistrationFault] = [], repeatsFault: Bool = false,
        allowsDuplicates: Bool = false, tell: @escaping @Sendable (RegistrationEvent) -> Void = { _ in }
    ) {
        tls = PeerTLS(certificate, isImplicit: true)
        let desk = RegistrationDesk(
            faults: faults, repeats: repeatsFault, allowsDuplicates: allowsDuplicates, tell: tell)
        self.desk = desk
        listener = LoopbackListener { [context] channel in
            guard let context = context.value else { throw LoopbackError(.badCertificate, "no certificate") }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(TLSHandler(server: context))
            try pipeline.configureHTTPServerPipeline()
            try pipeline.addHandler(RegistrationHandler(desk))
        }
    }

    /// How many POSTs came to the path for one account.
    public var posts: Int { desk.posts }

    /// How many POSTs came to the path for many.
    public var bulkPosts: Int { desk.bulkPosts }

    /// Their bodies, in order. They hold the passwords that were sent.
    public var bodies: [String] { desk.bodies }

    /// The addresses that are registered, in lower case.
    public var accounts: Set<String> { Set(desk.stored) }

    /// The same in the order in which they were stored, each as often as it was.
    public var stored: [String] { desk.stored }

    /// Sets what happens to the next POSTs, one fault each.
    ///
    /// - Parameters:
    ///   - faults: The faults; none for a peer that works.
    ///   - repeating: Whether the first one holds for every POST from now on.
    public func setFaults(_ faults: [RegistrationFault], repeating: Bool = false) {
        desk.setFaults(faults, repeats: repeating)
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: A loopback address.
    ///   - port: The port, 0 to have the kernel choose one.
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    public func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        context.set(try tls.makeContext())
        return try await listener.start(address: address, port: port)
    }

    /// Closes every connection and stops listening.
    public func stop() async { await listener.stop() }
}

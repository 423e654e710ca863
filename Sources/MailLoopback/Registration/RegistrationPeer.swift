import MailNetwork
import NIOCore
import NIOHTTP1

/// Stands in for the registration API over HTTPS, on loopback.
///
/// It judges requests as the API's reference page says, keeps accounts in memory, and can be made to fail in the ways
/// that matter to a client.
public final class RegistrationPeer: LoopbackPeer {
    private let tls: PeerTLS
    private let api: StubAPI
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
        let api = StubAPI(
            faults: faults, repeats: repeatsFault, allowsDuplicates: allowsDuplicates, tell: tell)
        self.api = api
        listener = LoopbackListener { [context] channel in
            guard let context = context.value else { throw LoopbackError(.badCertificate, "no certificate") }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(TLSHandler(server: context))
            try pipeline.configureHTTPServerPipeline()
            try pipeline.addHandler(RegistrationHandler(api))
        }
    }

    /// How many POSTs came to the path for one account.
    public var posts: Int { api.posts }

    /// How many POSTs came to the path for many.
    public var bulkPosts: Int { api.bulkPosts }

    /// Their bodies, in order. They hold the passwords that were sent.
    public var bodies: [String] { api.bodies }

    /// The addresses that are registered, in lower case.
    public var accounts: Set<String> { Set(api.stored) }

    /// The same in the order in which they were stored, each as often as it was.
    public var stored: [String] { api.stored }

    /// Sets what happens to the next POSTs, one fault each.
    ///
    /// - Parameters:
    ///   - faults: The faults; none for a peer that works.
    ///   - repeating: Whether the first one holds for every POST from now on.
    public func setFaults(_ faults: [RegistrationFault], repeating: Bool = false) {
        api.setFaults(faults, repeats: repeating)
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

import MailNetwork
import NIOCore
import Synchronization

/// A listener whose connections each get a conversation of their own.
final class ConversationPeer: LoopbackPeer {
    private let tls: PeerTLS?
    private let ledger = PeerLedger()
    private let listener: LoopbackListener
    private let context = SharedTLSContext()

    init(tls: PeerTLS?, conversation: @escaping @Sendable () -> any PeerConversation) {
        self.tls = tls
        listener = LoopbackListener { [ledger, context] channel in
            let handler = ConversationHandler(
                conversation(), tls: context.value, isImplicit: tls?.isImplicit == true, ledger: ledger)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }

    /// What happened so far.
    var record: PeerRecord { ledger.record }

    func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        if let tls { context.set(try tls.makeContext()) }
        return try await listener.start(address: address, port: port)
    }

    func stop() async { await listener.stop() }
}

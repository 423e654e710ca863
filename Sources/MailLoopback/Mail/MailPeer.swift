import MailModel
import MailNetwork
import NIOCore
import Synchronization

/// An SMTP or IMAP server on loopback: with the behaviour of a table, or with a dialogue that it plays from the beginning on
/// each connection.
public final class MailPeer: LoopbackPeer {
    private let tls: PeerTLS?
    private let ledger = PeerLedger()
    private let listener: LoopbackListener
    private let context = SharedTLSContext()

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - behaviour: What it announces, knows and says.
    ///   - tls: How TLS is spoken, nil for not at all.
    public convenience init(_ behaviour: MailBehaviour, tls: PeerTLS?) {
        self.init(tls: tls) {
            switch behaviour.service {
            case .smtp: SMTPConversation(behaviour, speaksTLS: tls != nil)
            case .imap: IMAPConversation(behaviour, speaksTLS: tls != nil)
            }
        }
    }

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - script: What is said.
    ///   - tls: How TLS is spoken, nil for not at all.
    public convenience init(script: Dialogue, tls: PeerTLS?) { self.init(tls: tls) { DialoguePlayer(script) } }

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - script: What is said.
    ///   - tls: What it presents, nil when it does not speak TLS.
    ///   - implicitTLS: Whether TLS begins with the first octet.
    public convenience init(script: Dialogue, tls: IssuedCertificate?, implicitTLS: Bool) {
        self.init(script: script, tls: tls.map { PeerTLS($0, isImplicit: implicitTLS) })
    }

    private init(tls: PeerTLS?, conversation: @escaping @Sendable () -> any PeerConversation) {
        self.tls = tls
        listener = LoopbackListener { [ledger, context] channel in
            let handler = ConversationHandler(
                conversation(), tls: context.value, isImplicit: tls?.isImplicit == true, ledger: ledger)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }

    /// What happened so far.
    public var record: PeerRecord { ledger.record }

    /// Every line that clients sent, in order.
    public var received: [String] { record.received }

    /// How many connections were accepted.
    public var connections: Int { record.connections }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: A loopback address.
    ///   - port: The port, 0 to have the kernel choose one.
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    public func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        if let tls { context.set(try tls.makeContext()) }
        return try await listener.start(address: address, port: port)
    }

    /// Closes every connection and stops listening.
    public func stop() async { await listener.stop() }
}

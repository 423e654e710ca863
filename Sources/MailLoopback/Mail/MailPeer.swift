import MailModel

/// An SMTP or IMAP server on loopback with the behaviour of a table.
public final class MailPeer: LoopbackPeer {
    private let peer: ConversationPeer

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - behaviour: What it announces, knows and says.
    ///   - tls: How TLS is spoken, nil for not at all.
    public init(_ behaviour: MailBehaviour, tls: PeerTLS?) {
        peer = ConversationPeer(tls: tls) {
            switch behaviour.service {
            case .smtp: SMTPConversation(behaviour, speaksTLS: tls != nil)
            case .imap: IMAPConversation(behaviour, speaksTLS: tls != nil)
            }
        }
    }

    /// What happened so far.
    public var record: PeerRecord { peer.record }

    /// Every line that clients sent, in order.
    public var received: [String] { peer.record.received }

    /// How many connections were accepted.
    public var connections: Int { peer.record.connections }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: A loopback address.
    ///   - port: The port, 0 to have the kernel choose one.
    /// - Returns: The port.
    /// - Throws: `LoopbackError`.
    public func start(address: String, port: Int) async throws(LoopbackError) -> Int {
        try await peer.start(address: address, port: port)
    }

    /// Closes every connection and stops listening.
    public func stop() async { await peer.stop() }
}

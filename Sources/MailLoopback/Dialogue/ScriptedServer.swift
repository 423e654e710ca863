/// A server that plays one dialogue, from its beginning on each connection.
public final class ScriptedServer: LoopbackPeer {
    private let peer: ConversationPeer

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - script: What is said.
    ///   - tls: How TLS is spoken, nil for not at all.
    public init(script: Dialogue, tls: PeerTLS?) { peer = ConversationPeer(tls: tls) { DialoguePlayer(script) } }

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - script: What is said.
    ///   - tls: What it presents, nil when it does not speak TLS.
    ///   - implicitTLS: Whether TLS begins with the first octet.
    public convenience init(script: Dialogue, tls: IssuedCertificate?, implicitTLS: Bool) {
        self.init(script: script, tls: tls.map { PeerTLS($0, isImplicit: implicitTLS) })
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

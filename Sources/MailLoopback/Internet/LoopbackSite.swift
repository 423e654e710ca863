/// One service of a small internet: a host, a port, and the peer that plays it.
public struct LoopbackSite: Sendable {
    /// The host name, in A-labels.
    public var host: String
    /// The port it plays.
    public var port: Int
    /// Who plays it. It is started and stopped by the internet that it belongs to.
    public var peer: any LoopbackPeer

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - host: The host name.
    ///   - port: The port it plays.
    ///   - peer: Who plays it.
    public init(host: String, port: Int, peer: any LoopbackPeer) {
        self.host = host.lowercased()
        self.port = port
        self.peer = peer
    }
}

/// How much a client may say to a peer before it is cut off.
struct PeerLimits: Sendable {
    /// Octets in one line, its end included.
    var lineLength = 65_536
    /// Octets on one connection.
    var octetsPerConnection = 4_194_304
    /// Lines that a peer keeps for its record, over all connections.
    var recordedLines = 10_000
}

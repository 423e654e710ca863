/// The server's side of one connection as a value: what the client does goes in, what to do comes out. It does no I/O.
protocol PeerConversation: Sendable {
    /// The connection is open, after the handshake when TLS is implicit.
    mutating func opened(isEncrypted: Bool) -> [PeerAction]

    /// The client sent a line, given without its line end.
    mutating func received(_ line: [UInt8]) -> [PeerAction]

    /// The handshake that `startTLS` asked for came to its end.
    mutating func encrypted() -> [PeerAction]
}

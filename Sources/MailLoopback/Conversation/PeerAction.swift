/// What a conversation wants its connection to do next.
enum PeerAction: Hashable, Sendable {
    /// Write these octets, in one piece.
    case send([UInt8])
    /// Write these octets one by one, that many milliseconds apart.
    case drip([UInt8], milliseconds: Int)
    /// Write these octets that many times, as fast as the client reads.
    case flood([UInt8], count: Int)
    /// Begin TLS; what the client sent ahead of it is thrown away.
    case startTLS
    /// Go on when the client has said anything.
    case hear
    /// Go on after that many milliseconds.
    case pause(milliseconds: Int)
    /// Write out what is under way, then close.
    case close
    /// Close at once with a TCP reset.
    case reset
    /// Keep in the record that the client left the dialogue at this line.
    case noteMismatch(line: Int)
    /// Keep in the record that a login was tried.
    case noteLogin(PeerLogin)
}

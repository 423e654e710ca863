/// What happened at a peer so far.
public struct PeerRecord: Hashable, Sendable {
    /// How many connections were accepted.
    public var connections = 0
    /// How many are open.
    public var open = 0
    /// How many were open at the same time at most.
    public var mostOpen = 0
    /// Every line that clients sent, in order, without line ends. It may hold what a client sent as a secret.
    public var received: [String] = []
    /// The logins that were tried, in order.
    public var logins: [PeerLogin] = []
    /// The lines of the dialogue file where a client said something else than expected.
    public var mismatches: [Int] = []
    /// How many TLS handshakes came to their end.
    public var handshakes = 0
    /// How many did not.
    public var failedHandshakes = 0
    /// How many octets clients sent as plaintext between their STARTTLS and the handshake.
    public var octetsAfterStartTLS = 0

    /// An empty record.
    public init() {}
}

/// One login that was tried at a peer.
public struct PeerLogin: Hashable, Sendable {
    /// The user name.
    public var username: String
    /// The SASL mechanism, or `LOGIN` for IMAP's command of that name as well.
    public var mechanism: String
    /// Whether it came over TLS.
    public var isEncrypted: Bool
    /// Whether it was accepted.
    public var isAccepted: Bool

    /// Makes a record of a login.
    public init(username: String, mechanism: String, isEncrypted: Bool, isAccepted: Bool) {
        self.username = username
        self.mechanism = mechanism
        self.isEncrypted = isEncrypted
        self.isAccepted = isAccepted
    }
}

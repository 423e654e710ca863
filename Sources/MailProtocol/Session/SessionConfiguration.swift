public import MailModel

/// What a session needs to know before it begins.
public struct SessionConfiguration: Sendable {
    /// How TLS begins on this connection.
    public var security: ConnectionSecurity
    /// The name that EHLO gives (RFC 5321, section 4.1.4): a host name, or an address literal such as `[192.0.2.1]`.
    public var clientName: String
    /// Takes secrets out of what the server says.
    public var redactor: Redactor
    /// SASL mechanisms known not to work at this provider, upper case.
    public var avoidedMechanisms: Set<String>
    /// SASL mechanisms that nobody has seen work at this provider, upper case: used only when nothing else is offered.
    public var unprovenMechanisms: Set<String> = []
    /// One-way functions for challenge mechanisms; nil to speak none of them.
    public var cryptography: (any SASLCryptography)?
    /// The one message to send; nil, which is the rule, to send nothing.
    public var testMessage: TestMessage?
    /// How much a server may say.
    public var limits: Limits

    /// How much a server may say before it is stopped. Protection against floods, far above what real servers need.
    public struct Limits: Hashable, Sendable {
        /// Octets in one line, its end included.
        public var lineLength = 16_384
        /// Octets in one IMAP literal.
        public var literalLength = 65_536
        /// Lines in one reply: the lines of an SMTP reply, or the untagged responses to one IMAP command.
        public var linesPerReply = 1_000
        /// Octets in one reply.
        public var octetsPerReply = 262_144
        /// Rounds of a SASL exchange.
        public var challenges = 8

        /// The limits above.
        public init() {}
    }

    /// Makes a configuration.
    public init(
        security: ConnectionSecurity, clientName: String, redactor: Redactor = .none,
        avoidedMechanisms: Set<String> = [], cryptography: (any SASLCryptography)? = nil, limits: Limits = Limits()
    ) {
        self.security = security
        self.clientName = clientName
        self.redactor = redactor
        self.avoidedMechanisms = avoidedMechanisms
        self.cryptography = cryptography
        self.limits = limits
    }
}

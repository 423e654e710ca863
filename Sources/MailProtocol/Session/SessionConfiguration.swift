public import MailModel

/// What a session needs to know before it begins.
public struct SessionConfiguration: Sendable {
    /// How TLS begins on this connection.
    public var security: ConnectionSecurity
    /// The name that EHLO gives (RFC 5321, section 4.1.4): a host name, or an address literal such as `[192.0.2.1]`.
    public var clientName: String
    /// Takes secrets out of what the server says.
    public var redactor: Redactor
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
        cryptography: (any SASLCryptography)? = nil, limits: Limits = Limits()
    ) {
        self.security = security
        self.clientName = clientName
        self.redactor = redactor
        self.cryptography = cryptography
        self.limits = limits
    }
}

/// A message that a mailbox sends to itself, only when the user asked for it.
public struct TestMessage: Hashable, Sendable {
    /// The address that it comes from and goes to.
    public let address: String
    /// Its Message-ID with the angle brackets; nobody else can know it before it was sent.
    public let messageID: String
    /// Its lines, header and body, without line ends.
    public let lines: [String]

    /// Puts a message together. Nil when the address cannot stand in a command.
    ///
    /// - Parameters:
    ///   - address: The mailbox.
    ///   - messageID: The Message-ID with its angle brackets.
    ///   - date: The time as RFC 5322, section 3.3, writes it.
    public init?(address: String, messageID: String, date: String) {
        let isPlain = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\\\"".utf8.contains($0) }
        guard isPlain, !address.isEmpty, address.utf8.count <= 254 else { return nil }
        self.address = address
        self.messageID = messageID
        lines = [
            "From: <\(address)>", "To: <\(address)>", "Subject: Test message of mailconnect", "Date: \(date)",
            "Message-ID: \(messageID)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=us-ascii", "",
            "mailconnect sent this message from the mailbox to itself, as it was asked to.",
            "It may be deleted.",
        ]
    }

    /// The octets that follow DATA, the lone dot at the end included. No line begins with a dot (RFC 5321, section 4.5.2).
    var octets: [UInt8] {
        (lines + ["."]).flatMap { Array($0.utf8) + ASCII.lineEnd }
    }
}

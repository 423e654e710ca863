public import MailModel

/// Everything a session learnt, in the order in which it is learnt.
public struct SessionRecord: Hashable, Sendable {
    /// The server's first words.
    public var greeting: ServerReply?
    /// Capabilities asked for before TLS, one a line. nil when they were not asked.
    public var capabilitiesBeforeTLS: [ServerText]?
    /// How many octets came in plaintext around STARTTLS. They were thrown away.
    public var discardedPlaintext: Int = 0
    /// Capabilities on the channel where the login would happen.
    public var capabilities: [ServerText]?
    /// SASL mechanisms offered there, upper case; for IMAP without LOGINDISABLED also `LOGIN`.
    public var mechanisms: [String] = []
    /// What the server says it is (IMAP ID, RFC 2971).
    public var implementation: ServerText?
    /// The login, once the server has answered it.
    public var login: LoginFacts?
    /// The mailbox, after a login.
    public var mailbox: MailboxFacts?
    /// The server's last word on the test message, once it took it.
    public var submitted: ServerReply?
    /// Where the test message was seen.
    public var arrival: DeliveryFacts?
    /// Why the dialogue stopped, if it did.
    public var failure: SessionFailure?
    /// Texts that the server wants a person to read, said before the login.
    public var alerts: [ServerText] = []
    /// How many responses came before the login that nobody had asked for.
    public var unsolicited = 0
    /// Whether all is known that a verdict rests on: what is still asked for may fail.
    public var isEssentialKnown = false
    /// What the server said, line by line, for the transcript; the driver takes these out as they come.
    public var heard: [ServerText] = []

    /// An empty record.
    public init() {}
}

/// Why a dialogue could not go on, and at which stage.
public struct SessionFailure: Hashable, Sendable {
    /// The stage.
    public var stage: Stage
    /// The fact.
    public var failure: Failure

    /// Makes a failure.
    public init(stage: Stage, failure: Failure) {
        self.stage = stage
        self.failure = failure
    }
}

/// What a server says it can do.
public struct CapabilityFacts: Hashable, Sendable {
    /// Before TLS, each capability on a line of its own, as sent. nil when it was not asked.
    public var beforeTLS: [ServerText]?
    /// On the channel where the login happens. nil when it was not asked.
    public var onLoginChannel: [ServerText]?
    /// The SASL mechanisms offered on the channel where the login happens, upper case.
    public var mechanisms: [String]
    /// What the server says it is (IMAP ID, RFC 2971).
    public var implementation: ServerText?
    /// Texts that the server wants a person to read (IMAP `ALERT`, RFC 9051, section 7.1), said before the login.
    public var alerts: [ServerText]
    /// How many responses came before the login that nobody had asked for.
    public var unsolicited: Int

    /// Makes facts.
    public init(
        beforeTLS: [ServerText]? = nil, onLoginChannel: [ServerText]? = nil, mechanisms: [String] = [],
        implementation: ServerText? = nil, alerts: [ServerText] = [], unsolicited: Int = 0
    ) {
        self.beforeTLS = beforeTLS
        self.onLoginChannel = onLoginChannel
        self.mechanisms = mechanisms
        self.implementation = implementation
        self.alerts = alerts
        self.unsolicited = unsolicited
    }
}

/// What a login ended in.
public struct LoginFacts: Hashable, Sendable {
    /// The SASL mechanism, or `LOGIN` for IMAP's own command.
    public var mechanism: String
    /// The user name that was sent.
    public var username: String
    /// The server's last word on it.
    public var reply: ServerReply
    /// The error that came as a challenge, decoded (RFC 7628, section 3.2.2).
    public var oauthError: ServerText?
    /// Other user names that were tried in this run, in order, and refused as wrong.
    public var refusedUsernames: [String]
    /// Whether the password was sent without the blanks that it was given with: it was copied in the groups in which the
    /// provider shows it.
    public var blanksRemoved: Bool

    /// Makes facts.
    public init(
        mechanism: String, username: String, reply: ServerReply, oauthError: ServerText? = nil,
        refusedUsernames: [String] = [], blanksRemoved: Bool = false
    ) {
        self.mechanism = mechanism
        self.username = username
        self.reply = reply
        self.oauthError = oauthError
        self.refusedUsernames = refusedUsernames
        self.blanksRemoved = blanksRemoved
    }

    /// Whether the server accepted the login: SMTP 235 or any other 2xx (RFC 4954, section 6), IMAP `OK` (RFC 9051,
    /// section 7.1.1).
    public var isAccepted: Bool { reply.code.map { (200..<300).contains($0) } ?? (reply.status == "OK") }
}

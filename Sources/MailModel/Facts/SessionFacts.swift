public import Foundation

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

    /// Makes facts.
    public init(
        beforeTLS: [ServerText]? = nil, onLoginChannel: [ServerText]? = nil, mechanisms: [String] = [],
        implementation: ServerText? = nil
    ) {
        self.beforeTLS = beforeTLS
        self.onLoginChannel = onLoginChannel
        self.mechanisms = mechanisms
        self.implementation = implementation
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

    /// Makes facts.
    public init(mechanism: String, username: String, reply: ServerReply, oauthError: ServerText? = nil) {
        self.mechanism = mechanism
        self.username = username
        self.reply = reply
        self.oauthError = oauthError
    }
}

/// What the mailbox looks like from outside. No message is read.
public struct MailboxFacts: Hashable, Sendable {
    /// The number of messages in INBOX, nil when it could not be opened.
    public var inboxMessages: Int?
    /// The server's word when INBOX could not be opened.
    public var inboxRefusal: ServerReply?
    /// The mailboxes with a special use (RFC 6154): `\Sent` and its name, ...
    public var specialUse: [String: ServerText]
    /// How many mailboxes were listed.
    public var mailboxCount: Int?
    /// When the oldest message of INBOX came in (INTERNALDATE), nil when it is empty or was not asked.
    public var inboxOldest: Date?
    /// The number of messages in the folder of sent mail, nil when there is none or it could not be counted.
    public var sentMessages: Int?
    /// When the oldest message of that folder came in, nil when it is empty or was not asked.
    public var sentOldest: Date?

    /// Makes facts.
    public init(
        inboxMessages: Int? = nil, inboxRefusal: ServerReply? = nil, specialUse: [String: ServerText] = [:],
        mailboxCount: Int? = nil, inboxOldest: Date? = nil, sentMessages: Int? = nil, sentOldest: Date? = nil
    ) {
        self.inboxMessages = inboxMessages
        self.inboxRefusal = inboxRefusal
        self.specialUse = specialUse
        self.mailboxCount = mailboxCount
        self.inboxOldest = inboxOldest
        self.sentMessages = sentMessages
        self.sentOldest = sentOldest
    }
}

public import Foundation

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
    /// The uses in `specialUse` that were told by the mailbox's name alone, since the server marks none.
    public var guessedUses: Set<String>
    /// When the first message of INBOX came in (INTERNALDATE); nil when it is empty or was not told.
    public var inboxOldest: Date?
    /// The number of messages in the mailbox of sent ones, nil when it was not found or not opened.
    public var sentMessages: Int?
    /// When the first of them was stored.
    public var sentOldest: Date?
    /// Whether the server can tell of new messages by itself (RFC 2177); nil when it was not asked.
    public var offersIdle: Bool?
    /// How much room is used and left, one entry for each resource.
    public var quotas: [QuotaFacts]

    /// Makes facts.
    public init(
        inboxMessages: Int? = nil, inboxRefusal: ServerReply? = nil, specialUse: [String: ServerText] = [:],
        mailboxCount: Int? = nil, guessedUses: Set<String> = [], inboxOldest: Date? = nil, sentMessages: Int? = nil,
        sentOldest: Date? = nil, offersIdle: Bool? = nil, quotas: [QuotaFacts] = []
    ) {
        self.inboxMessages = inboxMessages
        self.inboxRefusal = inboxRefusal
        self.specialUse = specialUse
        self.mailboxCount = mailboxCount
        self.guessedUses = guessedUses
        self.inboxOldest = inboxOldest
        self.sentMessages = sentMessages
        self.sentOldest = sentOldest
        self.offersIdle = offersIdle
        self.quotas = quotas
    }
}

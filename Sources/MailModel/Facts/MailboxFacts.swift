public import FoundationEssentials
public import MailJSON

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

extension MailboxFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<MailboxFacts>.object(
        MailboxFacts.init,
        .field("inbox_messages", \.inboxMessages, .optional(.integer), "Messages in INBOX; null: it was not opened."),
        .field("inbox_refusal", \.inboxRefusal, .optional(ServerReply.json), "Why INBOX could not be opened."),
        .field("special_use", \.specialUse, .dictionary(.serverText), "The mailbox of each special use (RFC 6154)."),
        .field("mailbox_count", \.mailboxCount, .optional(.integer), "How many mailboxes were listed."),
        .field("guessed_uses", \.guessedUses, .textSet, missing: Set(), "The uses that were told by the name alone."),
        .field("inbox_oldest", \.inboxOldest, .optional(.date), "When the first message of INBOX came in."),
        .field("sent_messages", \.sentMessages, .optional(.integer), "Messages in the mailbox of sent ones."),
        .field("sent_oldest", \.sentOldest, .optional(.date), "When the first of them was stored."),
        .field("idle", \.offersIdle, .optional(.bool), "Whether the server tells of new messages (RFC 2177)."),
        .field("quotas", \.quotas, .list(QuotaFacts.json), missing: [], "How much room is used and left."),
        order: [
            "inbox_messages", "inbox_refusal", "inbox_oldest", "sent_messages", "sent_oldest", "special_use",
            "guessed_uses", "mailbox_count", "idle", "quotas",
        ])
}

/// What a provider does with the mail of a domain.
public enum ProviderKind: String, Hashable, Sendable, CaseIterable {
    /// It hosts mailboxes of own domains, and maybe of its own too.
    case mailbox
    /// It hosts mailboxes at its own domains.
    case consumer
    /// It filters mail and hands it to the mailbox host behind it, which its exchangers do not tell.
    case gateway
    /// It passes mail on to addresses elsewhere.
    case forwarding
    /// It sends, and takes mail for programs only.
    case sendingOnly = "sending-only"
    /// It hosts mailboxes that cannot be reached over IMAP.
    case noIMAP = "no-imap"

    /// Whether mailboxes are there, reachable or not.
    public var hasMailboxes: Bool { hasServers || self == .noIMAP }

    /// Whether an account there has servers that can be connected to.
    public var hasServers: Bool { self == .mailbox || self == .consumer }

    /// What the provider does, to be followed by its name.
    public var words: String {
        switch self {
        case .mailbox, .consumer: "mailboxes at"
        case .gateway: "the gateway of"
        case .forwarding: "forwarding by"
        case .sendingOnly: "mail for programs at"
        case .noIMAP: "mailboxes without IMAP at"
        }
    }
}

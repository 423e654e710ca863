/// Which side of a mailbox is meant: sending (RFC 6409) or reading (RFC 9051).
public enum MailService: String, Hashable, Sendable, CaseIterable {
    /// Message submission.
    case smtp
    /// Mailbox access.
    case imap
}

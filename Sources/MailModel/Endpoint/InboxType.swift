public import MailJSON

/// What kind of mailbox the registration API is told about.
public enum InboxType: String, Hashable, Sendable, CaseIterable {
    /// Mailboxes on Google's servers.
    case googleWorkspace = "GOOGLE_WORKSPACE"
    /// Mailboxes on Microsoft's servers.
    case outlook365 = "OUTLOOK_365"
    /// Every other mailbox.
    case customSMTP = "CUSTOM_SMTP"
}

extension InboxType {
    /// How it stands in JSON: as the API has it.
    public static let json = JSONDescription<InboxType>.word("a kind of mailbox")
}

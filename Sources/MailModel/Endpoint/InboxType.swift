/// What kind of mailbox the registration API is told about.
public enum InboxType: String, Hashable, Sendable, CaseIterable {
    /// Mailboxes on Google's servers.
    case googleWorkspace = "GOOGLE_WORKSPACE"
    /// Mailboxes on Microsoft's servers.
    case outlook365 = "OUTLOOK_365"
    /// Every other mailbox.
    case customSMTP = "CUSTOM_SMTP"
}

public import MailJSON

/// Both sides of one account: where to send, where to read, and the user names there.
public struct AccountSettings: Hashable, Sendable {
    /// Where mail is submitted.
    public var smtp: Endpoint
    /// The user name for SMTP, nil while the address is not known.
    public var smtpUsername: String?
    /// Where mail is read.
    public var imap: Endpoint
    /// The user name for IMAP, nil while the address is not known.
    public var imapUsername: String?
    /// Where these settings come from: `catalogue`, `srv`, `probe`, `user`, ...
    public var source: String

    /// Makes settings.
    public init(smtp: Endpoint, smtpUsername: String?, imap: Endpoint, imapUsername: String?, source: String) {
        self.smtp = smtp
        self.smtpUsername = smtpUsername
        self.imap = imap
        self.imapUsername = imapUsername
        self.source = source
    }

    /// The endpoint of one side.
    ///
    /// - Parameter service: The side.
    /// - Returns: `smtp` or `imap`.
    public func endpoint(for service: MailService) -> Endpoint { service == .smtp ? smtp : imap }

    /// The user name of one side.
    ///
    /// - Parameter service: The side.
    /// - Returns: `smtpUsername` or `imapUsername`.
    public func username(for service: MailService) -> String? { service == .smtp ? smtpUsername : imapUsername }
}

extension AccountSettings {
    /// How they stand in a report: under the names that the registration API has for them.
    public static let json = JSONDescription<AccountSettings>.object(
        AccountSettings.init,
        .inline(\.smtp, Endpoint.members(of: .smtp)),
        .field("smtp_username", \.smtpUsername, .optional(.text), "null while the address is not known."),
        .inline(\.imap, Endpoint.members(of: .imap)),
        .field("imap_username", \.imapUsername, .optional(.text), "null while the address is not known."),
        .field("source", \.source, .text, "Where these settings come from: catalogue, srv, probe, user, ..."),
        derived: [
            .constant("smtp_use_tls", true, "The API's flag: true for STARTTLS and implicit TLS alike."),
            .derived("imap_use_ssl", .bool, "The API's flag: true for implicit TLS, and always for port 993.") {
                $0.imap.port == 993 || $0.imap.security == .tls
            },
        ],
        order: [
            "smtp_host", "smtp_port", "smtp_security", "smtp_username", "smtp_use_tls", "imap_host", "imap_port",
            "imap_security", "imap_username", "imap_use_ssl", "source",
        ])
}

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

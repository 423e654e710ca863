public import MailJSON

/// How a login's user name is made from an address, as far as somebody published it.
public enum UsernameTemplate: Hashable, Sendable {
    /// The whole address (RFC 6186, section 4).
    case address
    /// The part before the `@`.
    case localPart
    /// This text with the address and its parts in it, see `Part`.
    case composed([Part])
    /// A name of its own, the same for every address.
    case fixed(String)
    /// It cannot be made from the address.
    case unknown

    /// A piece of a composed name.
    public enum Part: Hashable, Sendable {
        /// The whole address.
        case address
        /// The part before the `@`.
        case localPart
        /// The text as it stands.
        case text(String)
    }

    /// The user name of an address; nil while there is no address, or when it cannot be told.
    public func username(for address: EmailAddress?) -> String? {
        switch self {
        case .address: return address?.description
        case .localPart: return address?.localPart
        case .fixed(let name): return name
        case .unknown: return nil
        case .composed(let parts):
            guard let address else { return nil }
            return parts.map { part in
                switch part {
                case .address: address.description
                case .localPart: address.localPart
                case .text(let text): text
                }
            }.joined()
        }
    }
}

/// Both sides of the accounts of a domain: where to send, where to read, and the forms of the user names.
public struct ServerSettings: Hashable, Sendable {
    /// Where mail is submitted.
    public var smtp: Endpoint
    /// The form of the user name there.
    public var smtpUsername: UsernameTemplate
    /// Where mail is read.
    public var imap: Endpoint
    /// The form of the user name there.
    public var imapUsername: UsernameTemplate
    /// Where these settings come from.
    public var source: Evidence.Source

    /// Settings with the whole address as user name on both sides, unless something else is said.
    public init(
        smtp: Endpoint, smtpUsername: UsernameTemplate = .address, imap: Endpoint,
        imapUsername: UsernameTemplate = .address, source: Evidence.Source
    ) {
        self.smtp = smtp
        self.smtpUsername = smtpUsername
        self.imap = imap
        self.imapUsername = imapUsername
        self.source = source
    }

    /// The settings of one account; without an address its user names are nil, but for fixed ones.
    public func settings(for address: EmailAddress?) -> AccountSettings {
        AccountSettings(
            smtp: smtp, smtpUsername: smtpUsername.username(for: address), imap: imap,
            imapUsername: imapUsername.username(for: address), source: source)
    }
}

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
    /// Where these settings come from.
    public var source: Evidence.Source

    /// Settings of one account.
    public init(
        smtp: Endpoint, smtpUsername: String?, imap: Endpoint, imapUsername: String?, source: Evidence.Source
    ) {
        self.smtp = smtp
        self.smtpUsername = smtpUsername
        self.imap = imap
        self.imapUsername = imapUsername
        self.source = source
    }

    /// The endpoint of one side.
    public func endpoint(for service: MailService) -> Endpoint { service == .smtp ? smtp : imap }

    /// The user name of one side.
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
        .field(
            "source", \.source, Evidence.Source.json, "Where these settings come from: catalogue, srv, probe, user, ..."
        ),
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

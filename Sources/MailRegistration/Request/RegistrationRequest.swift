internal import MailJSON
public import MailModel

/// The account to register: the 14 fields of `POST /sender-accounts/smtp`, checked by the documented lengths.
///
/// It is not `Codable`, so that nobody writes the passwords out by accident: `body` is what goes on the wire,
/// `redactedFields` is what may be shown. All 14 fields are always sent; the API's own default for the daily limit
/// (100) is above its advice for a new mailbox.
///
/// Source: <https://docs.coldsend.pro/api-reference/sender-accounts/add-smtp-email-account>
public struct RegistrationRequest: Hashable, Sendable {
    /// The address.
    public let address: EmailAddress
    /// The name that recipients see.
    public let displayName: String
    /// What kind of mailbox it is.
    public let inboxType: InboxType
    /// The servers and the user names.
    public let settings: AccountSettings
    /// The passwords.
    public let passwords: MailboxPasswords
    /// Messages a day.
    public let dailyLimit: Int

    /// Checks the values and makes a request of them.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - displayName: The name that recipients see.
    ///   - inboxType: What kind of mailbox it is.
    ///   - settings: The servers; both user names must be known.
    ///   - passwords: The passwords.
    ///   - dailyLimit: Messages a day, at least 1.
    /// - Throws: `RegistrationInputError` with every field that the API would not take.
    public init(
        address: EmailAddress, displayName: String, inboxType: InboxType, settings: AccountSettings,
        passwords: MailboxPasswords, dailyLimit: Int
    ) throws(RegistrationInputError) {
        self.address = address
        self.displayName = displayName
        self.inboxType = inboxType
        self.settings = settings
        self.passwords = passwords
        self.dailyLimit = dailyLimit
        let problems = fields.compactMap(\.problem)
        guard problems.isEmpty else { throw RegistrationInputError(problems: problems) }
    }

    /// The fields in the API's order as they may be shown: passwords masked, control characters escaped.
    public var redactedFields: [RequestField] {
        fields.map { RequestField(name: $0.name, value: $0.shown) }
    }

    /// The JSON text (RFC 8259) that goes on the wire. It holds both passwords: hand it to the HTTPS client only.
    var body: [UInt8] {
        var members = JSONObject()
        for field in fields { members[field.name] = field.member }
        var writer = JSONWriter(.compact, escaping: .whatMustBe)
        writer.write(.object(members))
        return writer.octets
    }

    /// The documented order, with the documented limits.
    private var fields: [SentField] {
        [
            SentField("email_address", .text(address.description), limit: .characters(5...255)),
            SentField("display_name", .text(displayName), limit: .characters(1...255)),
            SentField("inbox_type", .text(inboxType.rawValue)),
            SentField("smtp_host", .text(settings.smtp.host), limit: .characters(1...255)),
            SentField("smtp_port", .number(settings.smtp.port), limit: .range(1...65_535)),
            SentField("smtp_username", .text(settings.smtpUsername ?? ""), limit: .characters(1...255)),
            SentField("smtp_password", .secret(passwords.smtp), limit: .characters(1...500)),
            SentField("imap_host", .text(settings.imap.host), limit: .characters(1...255)),
            SentField("imap_port", .number(settings.imap.port), limit: .range(1...65_535)),
            SentField("imap_username", .text(settings.imapUsername ?? ""), limit: .characters(1...255)),
            SentField("imap_password", .secret(passwords.imap), limit: .characters(1...500)),
            SentField("daily_limit", .number(dailyLimit), limit: .atLeast(1)),
            SentField("smtp_use_tls", .flag(true)),
            SentField("imap_use_ssl", .flag(imapUsesTLSFromTheStart)),
        ]
    }

    /// `smtp_use_tls` has one value, since 587 with STARTTLS and 465 with TLS both mean true there and nothing else is
    /// ever offered. For IMAP the flag tells the two ways apart, and port 993 (RFC 8314) always means TLS.
    private var imapUsesTLSFromTheStart: Bool { settings.imap.security == .tls || settings.imap.port == 993 }
}

/// The two passwords that the API wants. They are the same value for most mailboxes.
public struct MailboxPasswords: Hashable, Sendable {
    /// The password for sending.
    public var smtp: Secret
    /// The password for reading.
    public var imap: Secret

    /// Names both.
    public init(smtp: Secret, imap: Secret) {
        self.smtp = smtp
        self.imap = imap
    }

    /// The password of one side.
    ///
    /// - Parameter service: The side.
    /// - Returns: `smtp` or `imap`.
    public func password(for service: MailService) -> Secret { service == .smtp ? smtp : imap }
}

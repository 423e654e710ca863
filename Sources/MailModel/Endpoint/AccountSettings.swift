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

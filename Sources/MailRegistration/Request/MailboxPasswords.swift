public import MailModel

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

/// A mailbox in the lab.
public struct LabUser: Hashable, Sendable {
    /// The address, which is the user name everywhere.
    public let address: String
    /// The password that its owner knows. Any other text is a wrong password.
    public let password: String
    /// The password that the SMTP servers accept.
    let smtpPassword: String
    /// The password that the IMAP servers accept.
    let imapPassword: String
    /// Whether the account is switched off. Postfix then says the password is wrong, Dovecot says what the matter is.
    let isDisabled: Bool

    init(_ address: String, _ password: String, smtp: String? = nil, imap: String? = nil, isDisabled: Bool = false) {
        self.address = address
        self.password = password
        smtpPassword = smtp ?? password
        imapPassword = imap ?? password
        self.isDisabled = isDisabled
    }
}

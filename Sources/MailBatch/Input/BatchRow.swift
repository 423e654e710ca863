public import MailModel

/// Where a row's secret is.
public enum SecretSource: Hashable, Sendable {
    /// In the row.
    case value(Secret)
    /// What a command prints. The command itself is shown as little as a password.
    case command(Secret)
    /// What a file holds.
    case file(String)
}

/// One account of the input.
public struct BatchRow: Sendable {
    /// Which account of the file it is, from 1; blank lines do not count.
    public var number: Int
    /// The line in the file where it begins.
    public var line: Int
    /// The address.
    public var address: EmailAddress
    /// The name that recipients see.
    public var displayName: String?
    /// The SMTP user name, where the row has one.
    public var smtpUsername: String?
    /// The IMAP user name, where the row has one.
    public var imapUsername: String?
    /// The SMTP password, and IMAP's where there is none.
    public var smtpPassword: SecretSource?
    /// The IMAP password.
    public var imapPassword: SecretSource?
    /// The SMTP endpoint, where the row has one.
    public var smtpEndpoint: Endpoint?
    /// The IMAP endpoint, where the row has one.
    public var imapEndpoint: Endpoint?
    /// Messages a day.
    public var dailyLimit: Int?
    /// What was read otherwise than it stands there.
    public var notes: Set<RowNote> = []
    /// The values of the columns that may be written again, in the order of `RowSource.shownHeaders`.
    public var cells: [String] = []
}

/// What was made of a row beyond what stands in it. Each is told once for a file, with the number of its rows.
public enum RowNote: String, Hashable, Sendable, CaseIterable {
    /// The IMAP password is that of SMTP.
    case imapPasswordFromSMTP = "imap_password_from_smtp"
    /// A user name is made from the address, as the provider has it.
    case usernameFromAddress = "username_from_address"
    /// The display name is put together from first and last name.
    case nameFromParts = "name_from_parts"
    /// A host stood there as a URL, or with its port.
    case hostCleaned = "host_cleaned"
    /// The row asks for no encryption; TLS is used all the same.
    case plaintextRefused = "plaintext_refused"
    /// The limit counts warm-up messages too, so it is not sent.
    case limitWithWarmUp = "limit_with_warm_up"
    /// A port without a host.
    case portWithoutHost = "port_without_host"
    /// There is no password: no login is tried.
    case noPassword = "no_password"

    /// What it means, after the number of rows.
    public var words: String {
        switch self {
        case .imapPasswordFromSMTP: "no IMAP password: the SMTP password is used for both"
        case .usernameFromAddress: "no user name: it is made from the address, as the provider has it"
        case .nameFromParts: "the display name is put together from first and last name"
        case .hostCleaned: "a host that stands there as a URL or with a port: it is read as it was meant"
        case .plaintextRefused: "no encryption asked for: TLS is used all the same"
        case .limitWithWarmUp: "a limit that counts warm-up messages: it is shown, and not registered"
        case .portWithoutHost: "a port without a host: it is not used"
        case .noPassword: "no password: no login is tried"
        }
    }
}

/// What a source of rows gives.
public enum InputItem: Sendable {
    /// An account.
    case row(BatchRow)
    /// A row that cannot be used.
    case bad(number: Int, line: Int, problem: InputProblem, address: String?)
}

extension BatchRow {
    /// A row of which no more is known.
    package init(number: Int, line: Int, address: EmailAddress) {
        self.init(number: number, line: line, address: address, displayName: nil)
    }
}

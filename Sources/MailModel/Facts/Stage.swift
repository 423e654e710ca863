public import MailJSON

/// How far a check had come.
public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// Looking names up.
    case dns
    /// Opening the TCP connection.
    case connect
    /// Waiting for the server's first words.
    case greeting
    /// Negotiating TLS.
    case tls
    /// Learning what the server offers.
    case capabilities
    /// Logging in.
    case auth
    /// Looking at the mailbox.
    case mailbox
    /// Submitting a message.
    case submit
    /// Registering the account.
    case register
}

extension Stage {
    /// How it stands in a report.
    public static let json = JSONDescription<Stage>.word("a stage")
}

/// Who has a mailbox in the lab: one user of each kind in every domain.
public struct LabUsers: Sendable {
    /// The domains whose servers know the users, `nomail.test` and the like left out.
    public let domains = [
        "gmail.com", "customer.test", "single.test", "tenant.test", "classic.test", "hoster.test", "autoconf.test",
        "plain.test", "sixfirst.test", "tcponly.test", "expired.test", "wrongname.test", "selfsigned.test",
        "nostarttls.test", "noauth.test", "cleartext.test", "limited.test", "shut.test", "silent.test",
    ]

    /// How many users `numbered` knows.
    public let numberedCount = 1_000

    /// The users; they are the same in every lab.
    public init() {}

    /// A user whose password is right for SMTP and IMAP.
    ///
    /// - Parameter domain: One of `domains`.
    /// - Returns: The user.
    public func ready(at domain: String) -> LabUser { LabUser("ready@\(domain)", "blue-Kettle+42") }

    /// A user whose password only SMTP accepts.
    ///
    /// - Parameter domain: One of `domains`.
    /// - Returns: The user.
    public func smtpOnly(at domain: String) -> LabUser {
        LabUser("smtponly@\(domain)", "green-Lamp+17", imap: "another-Lamp+71")
    }

    /// A user whose password only IMAP accepts.
    ///
    /// - Parameter domain: One of `domains`.
    /// - Returns: The user.
    public func imapOnly(at domain: String) -> LabUser {
        LabUser("imaponly@\(domain)", "brown-Table+93", smtp: "another-Table+39")
    }

    /// A user whose password is right and whose account is switched off.
    ///
    /// - Parameter domain: One of `domains`.
    /// - Returns: The user.
    public func disabled(at domain: String) -> LabUser {
        LabUser("disabled@\(domain)", "grey-Curtain+8", isDisabled: true)
    }

    /// One of many users of `hoster.test` with a working password each, for batches.
    ///
    /// - Parameter number: From 1 to `numberedCount`.
    /// - Returns: The user.
    public func numbered(_ number: Int) -> LabUser { LabUser("user\(number)@hoster.test", "many-Cups+\(number)") }

    /// Everybody.
    var all: [LabUser] {
        domains.flatMap { [ready(at: $0), smtpOnly(at: $0), imapOnly(at: $0), disabled(at: $0)] }
            + (1...numberedCount).map(numbered)
    }
}

public import MailModel

/// What is known about one provider. Nothing in it is guessed: what could not be found out is nil, empty or `notKnown`.
public struct ProviderProfile: Hashable, Sendable {
    /// The id, snake_case; the file bears it.
    public var id: String
    /// The name for people.
    public var name: String
    /// What it does with mail.
    public var kind: ProviderKind
    /// What the registration API is told, nil when the provider hosts no mailbox.
    public var inboxType: InboxType?
    /// The domains whose addresses are there.
    public var domains: [MailDomainPattern]
    /// Its mail exchangers.
    public var mxPatterns: [MXPattern]
    /// What else gives it away.
    public var fingerprints: Fingerprints
    /// Its submission servers, in order of preference.
    public var smtp: [EndpointProfile]
    /// Its IMAP servers, in order of preference.
    public var imap: [EndpointProfile]
    /// What there is to know about user names, in words.
    public var usernameNote: String?
    /// The kind of password, nil when there is no login at all.
    public var password: PasswordProfile?
    /// When logins with a password end, as far as that is announced.
    public var loginEndings: [LoginEnding]
    /// What must be switched on.
    public var switches: [AccessSwitch]
    /// What plans leave out, in words.
    public var restrictions: [String]
    /// The regions it serves, when it has several with servers of their own.
    public var regions: [String]
    /// The published figures.
    public var limits: [SendingLimit]
    /// The number of messages a day never to go beyond, nil when it is not known.
    public var dailyCap: DailyCap?
    /// Where more is explained.
    public var links: [String]
    /// What else there is to know, in words.
    public var notes: [String]
    /// Where all of this was learnt.
    public var sources: [SourceReference]

    /// The settings of an account, best first: each submission server with the preferred IMAP server, then with the
    /// others.
    ///
    /// - Parameter address: The address, nil when only the provider is known. Without it the user names are nil, and
    ///   servers whose host name depends on the domain are left out.
    /// - Returns: The settings with the source `catalogue`; none for a provider without servers.
    public func settings(for address: EmailAddress?) -> [AccountSettings] {
        imap.flatMap { reading in smtp.compactMap { settings($0, reading, for: address) } }
    }

    private func settings(
        _ sending: EndpointProfile, _ reading: EndpointProfile, for address: EmailAddress?
    ) -> AccountSettings? {
        guard let smtp = sending.endpoint(.smtp, domain: address?.domain),
            let imap = reading.endpoint(.imap, domain: address?.domain)
        else { return nil }
        return AccountSettings(
            smtp: smtp, smtpUsername: sending.username.username(for: address), imap: imap,
            imapUsername: reading.username.username(for: address), source: "catalogue")
    }
}

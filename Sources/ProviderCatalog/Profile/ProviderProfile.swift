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

    /// The settings of the domain's accounts, best first: each submission server with the preferred IMAP server, then with
    /// the others. Their source is the catalogue; a provider without servers has none.
    public func settings(of domain: DomainName) -> [ServerSettings] {
        imap.flatMap { reading in
            smtp.compactMap { sending in
                guard let smtp = sending.endpoint(.smtp, domain: domain),
                    let imap = reading.endpoint(.imap, domain: domain)
                else { return nil }
                return ServerSettings(
                    smtp: smtp, smtpUsername: sending.username.template, imap: imap,
                    imapUsername: reading.username.template, source: .catalogue)
            }
        }
    }
}

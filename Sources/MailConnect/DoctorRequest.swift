public import MailModel

/// How far a run may reach. Each step tells more parties about the domain; the address goes to its own provider only.
public enum Reach: String, Hashable, Sendable {
    /// The catalogue alone.
    case offline
    /// The catalogue and the DNS.
    case dnsOnly
    /// DNS, published documents, probes and live checks.
    case everything
    /// Services of third parties that learn the domain too.
    case thirdParties

    /// Whether the run may talk to web and mail servers.
    public var includesServers: Bool { self == .everything || self == .thirdParties }
}

/// What a run is about, and how.
public struct DoctorRequest: Sendable {
    /// The address, nil for a bare domain.
    public var address: EmailAddress?
    /// The domain.
    public var domain: DomainName
    /// The credential for SMTP, nil to try no login.
    public var smtpCredential: Credential?
    /// The credential for IMAP, nil to try no login.
    public var imapCredential: Credential?
    /// The user's own choice of the SMTP endpoint.
    public var smtpEndpoint: Endpoint?
    /// The user's own choice of the IMAP endpoint.
    public var imapEndpoint: Endpoint?
    /// The user's own choice of the SMTP user name.
    public var smtpUsername: String?
    /// The user's own choice of the IMAP user name.
    public var imapUsername: String?
    /// The provider to assume, by its id in the catalogue.
    public var providerID: String?
    /// How far the run may reach.
    public var reach = Reach.everything
    /// How long the whole run may take.
    public var timeout = Duration.seconds(30)
    /// Further secrets that must not show up in anything that a server says back.
    public var otherSecrets: [Secret] = []
    /// Whether up to two other forms of the user name are tried when the first is refused as wrong.
    public var triesUsernames = false
    /// Whether one message is sent, from the mailbox to itself.
    public var sendsTest = false
    /// What the user says of the mailbox.
    public var mailboxStage: MailboxStage?
    /// The mailbox's age in days, as the user says.
    public var mailboxAge: Int?
    /// Whether settings with IMAP over TLS come before those with STARTTLS, whatever the order of their source.
    public var prefersIMAPOverTLS = false
    /// Whether the user says that the provider's account is a trial.
    public var isTrial = false

    /// A request about an address.
    ///
    /// - Parameter address: The address.
    public init(address: EmailAddress) {
        self.address = address
        domain = address.domain
    }

    /// A request about a domain.
    ///
    /// - Parameter domain: The domain.
    public init(domain: DomainName) {
        self.domain = domain
    }
}

/// Why a run cannot begin.
public enum DoctorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The catalogue has no such provider.
    case unknownProvider(String)
    /// The trusted roots cannot be read.
    case trust(String)

    /// The reason, in words.
    public var description: String {
        switch self {
        case .unknownProvider(let id): "the catalogue has no provider \"\(ServerText(id).escaped)\""
        case .trust(let reason): reason
        }
    }
}

/// What happens while a run is under way.
public enum DoctorProgress: Sendable {
    /// The settings are known.
    case detected(ProviderIdentification, AccountSettings?)
    /// One side begins.
    case checking(Endpoint)
    /// One side is through.
    case checked([Observation])
}

public import MailModel
public import ProviderCatalog

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

/// What a run is about, and how: whose mailbox, what proves it, what is already known or chosen.
public struct Account: Sendable {
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
    /// Whether the login is made with the password itself where the server takes that, over the verified channel, and not by a
    /// challenge (SCRAM): whoever uses the account afterwards will do so, a challenge costs two more round trips a side, and
    /// thousands of them keep a server's processor busy.
    public var sendsPasswordItself = false
    /// Whether the user says that the provider's account is a trial.
    public var isTrial = false

    /// An account with everything still to be found out.
    public init(address: EmailAddress) {
        self.address = address
        domain = address.domain
    }

    /// The accounts of a domain, for a run without logins.
    public init(domain: DomainName) {
        self.domain = domain
    }

    /// The password of both sides.
    public var password: Secret? {
        get {
            guard case .password(let secret)? = smtpCredential, smtpCredential == imapCredential else { return nil }
            return secret
        }
        set {
            smtpCredential = newValue.map { .password($0) }
            imapCredential = smtpCredential
        }
    }

    /// The credential of one side.
    public func credential(for service: MailService) -> Credential? {
        service == .smtp ? smtpCredential : imapCredential
    }
}

extension Account {
    /// The account with its passwords as the provider takes them: one that was copied as it is shown, in groups, goes
    /// without the blanks.
    ///
    /// - Parameter profile: The provider, nil when it is not known.
    /// - Returns: The account; the same one where nothing is shown in groups.
    public func normalized(for profile: ProviderProfile?) -> Account {
        guard let groups = profile?.password?.shownInGroups else { return self }
        var account = self
        account.smtpCredential = smtpCredential.map { $0.joined(groups) }
        account.imapCredential = imapCredential.map { $0.joined(groups) }
        return account
    }

    /// The account with the passwords that its logins were made with, not those that were pasted.
    ///
    /// - Parameter observations: What a run saw.
    /// - Returns: The account; the same one where no blanks were removed.
    func asProved(by observations: [Observation]) -> Account {
        var account = self
        for login in observations where login.acceptedLogin?.blanksRemoved == true {
            switch login.service {
            case .smtp?: account.smtpCredential = smtpCredential?.withoutBlanks
            case .imap?: account.imapCredential = imapCredential?.withoutBlanks
            case nil: break
            }
        }
        return account
    }

    /// Everything that must not show up in anything that a server says back.
    func secrets(for profile: ProviderProfile?) -> [Secret] {
        let sent = normalized(for: profile)
        let all = [smtpCredential, imapCredential, sent.smtpCredential, sent.imapCredential].compactMap { $0?.secret }
        return (all + otherSecrets).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension Credential {
    /// A password in groups as one word; every other credential as it is.
    fileprivate func joined(_ groups: PasswordProfile.Grouping) -> Credential {
        guard case .password(let secret) = self else { return self }
        let parts = secret.revealed.split(whereSeparator: \.isWhitespace)
        guard parts.count == groups.count, parts.allSatisfy({ $0.count == groups.length }) else { return self }
        return withoutBlanks
    }

    /// A password without its blanks; every other credential as it is.
    fileprivate var withoutBlanks: Credential {
        guard case .password(let secret) = self else { return self }
        return .password(Secret(secret.revealed.split(whereSeparator: \.isWhitespace).joined()))
    }
}

/// Why a run cannot begin.
public enum EngineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The catalogue has no such provider.
    case unknownProvider(String)
    /// The trusted roots cannot be read.
    case trust(String)
    /// The catalogue that is shipped with the library was not found, or cannot be read.
    case catalogue(String)
    /// The resolver or the HTTPS client cannot start.
    case network(String)

    /// The reason, in words.
    public var description: String {
        switch self {
        case .unknownProvider(let id): "the catalogue has no provider \"\(ServerText(id).escaped)\""
        case .trust(let reason), .catalogue(let reason), .network(let reason): reason
        }
    }
}

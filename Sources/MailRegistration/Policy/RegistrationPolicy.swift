public import MailModel

/// Decides whether an account may be registered. It looks at facts of this run only and does nothing itself.
///
/// `ready` is allowed; `ready_with_warnings` only when the user accepts the warnings; nothing else is.
public struct RegistrationPolicy: Sendable {
    /// Whether an account with warnings may be registered.
    public var acceptsWarnings: Bool

    /// The policy as it stands.
    ///
    /// - Parameter acceptsWarnings: Whether an account with warnings may be registered.
    public init(acceptsWarnings: Bool = false) { self.acceptsWarnings = acceptsWarnings }

    /// Decides.
    ///
    /// - Parameters:
    ///   - verdict: What the run came to.
    ///   - observations: What its checks saw. Both `smtp.auth` and `imap.auth` must have seen an accepted login.
    ///   - inboxType: What kind of mailbox it is, nil when that could not be told.
    ///   - credentials: What each login was made with.
    ///   - imapTakesPasswords: Whether the provider's IMAP takes passwords at all, as far as that is known. An accepted
    ///     login of this run counts more.
    /// - Returns: A permit, or the first reason against it.
    public func decide(
        verdict: Verdict, observations: [Observation], inboxType: InboxType?, credentials: [MailService: Credential],
        imapTakesPasswords: Bool? = nil
    ) -> RegistrationDecision {
        for service in MailService.allCases {
            if case .accessToken? = credentials[service] { return .denied(.accessToken(service)) }
        }
        if inboxType == .outlook365, imapTakesPasswords == false,
            !observations.contains(where: { acceptedLogin($0, of: .imap) != nil })
        {
            return .denied(.imapTakesNoPassword)
        }
        guard verdict.isReady else { return .denied(.notReady(verdict)) }
        guard verdict == .ready || acceptsWarnings else { return .denied(.warningsNotAccepted) }
        guard let inboxType else { return .denied(.inboxTypeUnknown) }
        var logins: [MailService: ProvedLogins] = [:]
        for service in MailService.allCases {
            guard case .password(let password)? = credentials[service] else {
                return .denied(.passwordMissing(service))
            }
            let accepted = observations.compactMap { acceptedLogin($0, of: service) }
            guard !accepted.isEmpty else { return .denied(.loginNotProved(service)) }
            logins[service] = ProvedLogins(password: password, accepted: accepted)
        }
        return .allowed(RegistrationPermit(inboxType: inboxType, logins: logins))
    }

    /// The login that an observation proves; the server's own word is looked at too, not the outcome alone.
    private func acceptedLogin(_ observation: Observation, of service: MailService) -> AcceptedLogin? {
        guard observation.id == .auth(service), let endpoint = observation.endpoint,
            endpoint.service == service, let login = observation.acceptedLogin
        else { return nil }
        return AcceptedLogin(endpoint: endpoint, username: login.username)
    }
}

/// What the policy says.
public enum RegistrationDecision: Sendable {
    /// The account may be registered.
    case allowed(RegistrationPermit)
    /// It may not.
    case denied(RegistrationDenial)
}

/// Proof that both logins passed in this run. `RegistrationClient.register` wants one, and only the policy makes one.
///
/// It stands in the policy's file so that its initializer can be private to it: the compiler holds promise 6.
public struct RegistrationPermit: Sendable {
    private let inboxType: InboxType
    private let logins: [MailService: ProvedLogins]

    fileprivate init(inboxType: InboxType, logins: [MailService: ProvedLogins]) {
        self.inboxType = inboxType
        self.logins = logins
    }

    /// Whether the request registers just what was proved: servers, user names, passwords and kind of mailbox.
    ///
    /// A permit of one account is no permit for another.
    ///
    /// - Parameter request: The request that is about to leave.
    /// - Returns: False when anything in it differs from what the logins used.
    public func covers(_ request: RegistrationRequest) -> Bool {
        guard inboxType == request.inboxType else { return false }
        return MailService.allCases.allSatisfy { service in
            guard let proved = logins[service], let username = request.settings.username(for: service) else {
                return false
            }
            let login = AcceptedLogin(endpoint: request.settings.endpoint(for: service), username: username)
            return proved.password == request.passwords.password(for: service) && proved.accepted.contains(login)
        }
    }
}

private struct ProvedLogins: Sendable {
    let password: Secret
    let accepted: [AcceptedLogin]
}

private struct AcceptedLogin: Hashable, Sendable {
    let endpoint: Endpoint
    let username: String
}

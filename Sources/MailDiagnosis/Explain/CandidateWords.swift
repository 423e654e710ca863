import MailModel

/// The wording of causes that nothing in the text names, with what would tell them apart.
enum CandidateWords {
    /// The finding.
    ///
    /// - Parameters:
    ///   - id: The cause.
    ///   - confidence: How likely it is.
    ///   - service: The side.
    ///   - stage: The stage.
    /// - Returns: The finding, its detail being how to find out.
    static func finding(
        _ id: FindingID, confidence: Double, service: MailService?, stage: Stage?
    ) -> Finding {
        let words =
            words[id] ?? Words(summary: id.description, test: "Nothing in the text tells it apart.", who: .support)
        return Finding(
            id: id, severity: .error, confidence: confidence, service: service, stage: stage, summary: words.summary,
            detail: "The text does not rule it out.", evidence: ["text"],
            remedy: Remedy(who: words.who, steps: [words.test]))
    }

    private struct Words {
        var summary: String
        var test: String
        var who: RemedyOwner
    }

    private static let words: [FindingID: Words] = login.merging(network) { first, _ in first }

    private static let login: [FindingID: Words] = [
        .badCredentials: Words(
            summary: "User name or password could be wrong.",
            test: "Log in to the web mail with the same user name and password: if that fails too, they are wrong.",
            who: .user),
        .appPasswordRequired: Words(
            summary: "The provider could want an app password.",
            test: "If the web mail takes the password, or two-step verification is on: create an app password.",
            who: .user),
        .smtpAuthDisabledMailbox: Words(
            summary: "Sending by programs could be switched off for this mailbox.",
            test:
                "Look for a switch for SMTP or mail programs in the settings; if IMAP takes the same password, it is off.",
            who: .user),
        .smtpAuthDisabledTenant: Words(
            summary: "SMTP AUTH could be switched off for the organisation.",
            test: "If other mailboxes of the organisation fail too, ask its administrator for SMTP AUTH.", who: .admin),
        .imapDisabled: Words(
            summary: "IMAP could be switched off.",
            test: "Look for a switch for IMAP in the settings; if SMTP takes the same password, it is off.", who: .user),
        .basicAuthDisabled: Words(
            summary: "Logins with a password could be switched off.",
            test: "If the web mail takes the password and no program does, connect the account by OAuth.", who: .admin),
        .oauthRequired: Words(
            summary: "An access token could be wanted, or the one in use be stale.",
            test: "Connect the account by OAuth again and look at the scopes of its token.", who: .user),
        .accountLocked: Words(
            summary: "The account could be locked.",
            test: "Log in to the web mail: it says so if the account is locked.", who: .user),
        .rateLimited: Words(
            summary: "Too much could have been sent in a short time.",
            test: "Wait an hour and try one message: if it goes, it was the rate.", who: .user),
        .tooManyLogins: Words(
            summary: "There could have been too many logins.",
            test: "Close other programs, wait a quarter of an hour, and log in once.", who: .user),
        .quotaExceeded: Words(
            summary: "A sending limit could be used up.",
            test: "Look at the limit of the plan; if sending works again tomorrow, it was that.", who: .user),
    ]

    private static let network: [FindingID: Words] = [
        .ipBlocked: Words(
            summary: "The server could refuse the network address.",
            test: "Try from another network: if it works there, the address is blocked.", who: .support),
        .tlsRequired: Words(
            summary: "The server could want TLS first.",
            test: "Use port 587 with STARTTLS, or port 465 or 993 with TLS from the start.", who: .user),
        .wrongPort: Words(
            summary: "Port and TLS mode could be wrong together.",
            test: "Try 465 or 993 with TLS from the start, and 587 or 143 with STARTTLS.", who: .user),
        .wrongHost: Words(
            summary: "The host could be the wrong one.",
            test: "Compare the host with the one that the provider names, letter by letter.", who: .user),
        .dnsFailure: Words(
            summary: "The DNS could be in trouble.",
            test: "Look up another name on the same machine: if that fails too, it is the resolver.", who: .support),
        .connectTimeout: Words(
            summary: "The network could hold the connection.",
            test: "Try from another network: some block mail ports.", who: .support),
        .protocolMismatch: Words(
            summary: "Program and server could misunderstand each other.",
            test: "Turn on authentication in the program, and try another login method.", who: .support),
        .starttlsStripped: Words(
            summary: "STARTTLS could be missing on this port.",
            test: "Try port 465 or 993 with TLS from the start.", who: .user),
        .tlsVersionMismatch: Words(
            summary: "There could be no common version of TLS.",
            test: "Ask the server with: openssl s_client -connect HOST:PORT -tls1_2", who: .support),
        .certInvalid: Words(
            summary: "The certificate could be one that cannot be trusted.",
            test: "Look at it with: openssl s_client -connect HOST:PORT -showcerts", who: .support),
        .certNameMismatch: Words(
            summary: "The certificate could be for another name.",
            test: "Compare the names in the certificate with the host in the settings.", who: .user),
        .proxyOrAntivirusInterception: Words(
            summary: "A virus scanner or proxy could open the connection.",
            test: "Look at the issuer of the certificate, and try with the mail scanner off.", who: .user),
    ]
}

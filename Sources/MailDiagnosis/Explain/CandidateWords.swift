import MailModel
import ProviderCatalog

/// Causes that look alike: what else it can be, how likely that is when nothing tells them apart, and what would.
enum Alternatives {
    /// The other causes behind the same words, likeliest first.
    ///
    /// - Parameters:
    ///   - id: The cause that the words speak for.
    ///   - service: The side, where it shows.
    /// - Returns: Causes and their confidences, all below 0.6.
    static func to(_ id: FindingID, service: MailService?) -> [(id: FindingID, confidence: Double)] {
        switch id {
        case .badCredentials:
            [(.appPasswordRequired, 0.4), (service == .imap ? .imapDisabled : .smtpAuthDisabledMailbox, 0.25)]
        case .appPasswordRequired:
            [(.badCredentials, 0.4), (service == .imap ? .imapDisabled : .basicAuthDisabled, 0.2)]
        case .basicAuthDisabled: [(.oauthRequired, 0.4), (.badCredentials, 0.35)]
        case .oauthRequired: [(.basicAuthDisabled, 0.3), (.badCredentials, 0.2)]
        case .imapDisabled: [(.badCredentials, 0.4), (.appPasswordRequired, 0.3)]
        case .smtpAuthDisabledMailbox: [(.smtpAuthDisabledTenant, 0.3), (.appPasswordRequired, 0.25)]
        case .smtpAuthDisabledTenant: [(.smtpAuthDisabledMailbox, 0.3), (.basicAuthDisabled, 0.25)]
        case .conditionalAccessOrMFA: [(.basicAuthDisabled, 0.4), (.badCredentials, 0.3)]
        case .captchaOrWebLoginRequired: [(.appPasswordRequired, 0.35), (.badCredentials, 0.25)]
        case .accountLocked: [(.badCredentials, 0.3), (.rateLimited, 0.2)]
        case .mailboxMissing: [(.badCredentials, 0.35), (.imapDisabled, 0.25)]
        default: network(id)
        }
    }

    private static func network(_ id: FindingID) -> [(id: FindingID, confidence: Double)] {
        switch id {
        case .tooManyLogins: [(.rateLimited, 0.35), (.ipBlocked, 0.2)]
        case .rateLimited: [(.tooManyLogins, 0.3), (.quotaExceeded, 0.3)]
        case .quotaExceeded: [(.rateLimited, 0.35), (.accountLocked, 0.2)]
        case .serverBusy: [(.rateLimited, 0.3), (.connectTimeout, 0.25)]
        case .senderNotAllowed: [(.protocolMismatch, 0.2), (.accountLocked, 0.15)]
        case .protocolMismatch: [(.badCredentials, 0.3), (.tlsRequired, 0.3)]
        case .tlsRequired: [(.wrongPort, 0.35), (.starttlsStripped, 0.25)]
        case .plaintextRefused: [(.tlsRequired, 0.4), (.wrongPort, 0.2)]
        case .starttlsStripped: [(.wrongPort, 0.4), (.tlsRequired, 0.3)]
        case .wrongPort: [(.tlsVersionMismatch, 0.3), (.protocolMismatch, 0.25)]
        case .tlsVersionMismatch: [(.wrongPort, 0.35), (.certInvalid, 0.25)]
        case .certInvalid: [(.proxyOrAntivirusInterception, 0.35), (.certNameMismatch, 0.3)]
        case .certExpired: [(.certInvalid, 0.3), (.proxyOrAntivirusInterception, 0.15)]
        case .certNameMismatch: [(.wrongHost, 0.35), (.proxyOrAntivirusInterception, 0.2)]
        case .proxyOrAntivirusInterception: [(.certInvalid, 0.45), (.certNameMismatch, 0.2)]
        case .wrongHost: [(.dnsFailure, 0.4), (.badCredentials, 0.15)]
        case .dnsFailure: [(.wrongHost, 0.4), (.connectTimeout, 0.2)]
        case .connectTimeout: [(.wrongPort, 0.35), (.ipBlocked, 0.3)]
        case .connectRefused: [(.wrongPort, 0.4), (.wrongHost, 0.3)]
        case .ipBlocked: [(.wrongPort, 0.3), (.rateLimited, 0.25)]
        default: []
        }
    }
}

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
        let words = words(for: id, service: service)
        return Finding(
            id: id, severity: .error, confidence: confidence, service: service, stage: stage, summary: words.summary,
            detail: "The text does not rule it out.", evidence: ["text"],
            remedy: Remedy(who: words.who, steps: [.text(words.test)]))
    }

    struct Words {
        var summary: String
        var test: String
        var who: RemedyOwner
    }

    /// Ports differ by side: nobody who reads mail is told to try a port for sending.
    private static func words(for id: FindingID, service: MailService?) -> Words {
        switch (id, service) {
        case (.tlsRequired, .imap):
            Words(
                summary: "The server could want TLS first.", test: "Use port 993 with TLS from the start.", who: .user)
        case (.wrongPort, .imap):
            Words(
                summary: "Port and TLS mode could be wrong together.",
                test: "Try 993 with TLS from the start, and 143 with STARTTLS.", who: .user)
        case (.wrongPort, .smtp):
            Words(
                summary: "Port and TLS mode could be wrong together.",
                test: "Try 465 with TLS from the start, and 587 with STARTTLS.", who: .user)
        default: words[id] ?? other
        }
    }

    private static let other = Words(
        summary: "It could be something else.", test: "Compare with another account of the same provider.",
        who: .support)

    private static let words: [FindingID: Words] = login.merging(network) { first, _ in first }
        .merging(CandidateWords.more) { first, _ in first }

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

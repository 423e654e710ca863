import MailModel

/// The causes that words of a server, of a TLS library or of an operating system can show.
enum SignatureFindings {
    /// All of them.
    static let known: Set<FindingID> = [
        .badCredentials, .appPasswordRequired, .basicAuthDisabled, .smtpAuthDisabledTenant, .smtpAuthDisabledMailbox,
        .imapDisabled, .oauthRequired, .accountLocked, .tooManyLogins,
        .rateLimited, .ipBlocked, .tlsRequired, .plaintextRefused, .certInvalid, .certNameMismatch, .certExpired,
        .wrongPort, .wrongHost, .dnsFailure, .connectTimeout, .connectRefused, .mailboxNotLicensed, .mailboxMissing,
        .regionBlocked, .captchaOrWebLoginRequired, .conditionalAccessOrMFA, .senderNotAllowed, .quotaExceeded,
        .serverBusy, .protocolMismatch, .tlsVersionMismatch, .proxyOrAntivirusInterception, .starttlsStripped,
        .noMailForDomain, .forwardingOnly, .notAnAccountProblem, .unknownReply,
    ]
}

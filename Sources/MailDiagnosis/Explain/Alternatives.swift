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

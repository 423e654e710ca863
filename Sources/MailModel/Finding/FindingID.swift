public import MailJSON

/// The stable name of a cause, such as `bad_credentials`. New ones may be added; none is renamed.
public struct FindingID: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Names a cause.
    ///
    /// - Parameter name: snake_case.
    public init(_ name: String) { description = name }
}

/// The causes that are known by name.
extension FindingID {
    /// User name or password is wrong.
    public static let badCredentials = FindingID("bad_credentials")
    /// An app password is needed instead of the account's.
    public static let appPasswordRequired = FindingID("app_password_required")
    /// Password logins are switched off by policy.
    public static let basicAuthDisabled = FindingID("basic_auth_disabled")
    /// SMTP AUTH is switched off for the organisation.
    public static let smtpAuthDisabledTenant = FindingID("smtp_auth_disabled_tenant")
    /// SMTP AUTH is switched off for the mailbox.
    public static let smtpAuthDisabledMailbox = FindingID("smtp_auth_disabled_mailbox")
    /// IMAP is switched off for the mailbox or by the administrator.
    public static let imapDisabled = FindingID("imap_disabled")
    /// Only OAuth 2 logins are taken.
    public static let oauthRequired = FindingID("oauth_required")
    /// The account is locked or disabled.
    public static let accountLocked = FindingID("account_locked")
    /// Too many logins in a short time or too many connections.
    public static let tooManyLogins = FindingID("too_many_logins")
    /// The server asks to slow down.
    public static let rateLimited = FindingID("rate_limited")
    /// The server refuses our network address.
    public static let ipBlocked = FindingID("ip_blocked")
    /// The server wants TLS before a login.
    public static let tlsRequired = FindingID("tls_required")
    /// The server refuses a login in plaintext.
    public static let plaintextRefused = FindingID("plaintext_refused")
    /// The certificate chain cannot be trusted.
    public static let certInvalid = FindingID("cert_invalid")
    /// The certificate is for another name.
    public static let certNameMismatch = FindingID("cert_name_mismatch")
    /// A certificate is not valid at this time.
    public static let certExpired = FindingID("cert_expired")
    /// Port and TLS mode do not fit together.
    public static let wrongPort = FindingID("wrong_port")
    /// The host name does not exist or belongs to another service.
    public static let wrongHost = FindingID("wrong_host")
    /// Names could not be looked up.
    public static let dnsFailure = FindingID("dns_failure")
    /// The server did not answer in time.
    public static let connectTimeout = FindingID("connect_timeout")
    /// The server refused the connection.
    public static let connectRefused = FindingID("connect_refused")
    /// The plan does not include this access.
    public static let mailboxNotLicensed = FindingID("mailbox_not_licensed")
    /// There is no such mailbox.
    public static let mailboxMissing = FindingID("mailbox_missing")
    /// Logins from this country or region are blocked.
    public static let regionBlocked = FindingID("region_blocked")
    /// The provider wants a login in the browser first.
    public static let captchaOrWebLoginRequired = FindingID("captcha_or_web_login_required")
    /// A policy or a second factor stands in the way.
    public static let conditionalAccessOrMFA = FindingID("conditional_access_or_mfa")
    /// The account may not send from this address.
    public static let senderNotAllowed = FindingID("sender_not_allowed")
    /// The mailbox or the sending quota is used up.
    public static let quotaExceeded = FindingID("quota_exceeded")
    /// The server has a temporary problem.
    public static let serverBusy = FindingID("server_busy")
    /// What answers there does not speak the protocol.
    public static let protocolMismatch = FindingID("protocol_mismatch")
    /// No common version of TLS.
    public static let tlsVersionMismatch = FindingID("tls_version_mismatch")
    /// Something between us and the server opens the TLS connection.
    public static let proxyOrAntivirusInterception = FindingID("proxy_or_antivirus_interception")
    /// STARTTLS is not offered where it must be.
    public static let starttlsStripped = FindingID("starttls_stripped")
    /// The domain takes no mail.
    public static let noMailForDomain = FindingID("no_mail_for_domain")
    /// The domain only forwards mail: there is no mailbox.
    public static let forwardingOnly = FindingID("forwarding_only")
    /// The text shows no account problem.
    public static let notAnAccountProblem = FindingID("not_an_account_problem")
    /// The server's words are not in the catalogue.
    public static let unknownReply = FindingID("unknown_reply")

    /// Plaintext came around STARTTLS.
    public static let plaintextInjection = FindingID("plaintext_injection")
    /// The server wants a certificate of the client before a login.
    public static let certRequired = FindingID("cert_required")
    /// A limit of our own held the run back: it says nothing of any server.
    public static let ownLimit = FindingID("own_limit")
    /// The address policy of the program that runs this does not allow the host's address.
    public static let addressNotAllowed = FindingID("address_not_allowed")
    /// A check broke: our own mistake.
    public static let internalError = FindingID("internal_error")
    /// No password was given, so no login was tried.
    public static let passwordNotGiven = FindingID("password_not_given")
    /// The certificates and this machine disagree about the time.
    public static let clockSkew = FindingID("clock_skew")
    /// A server names another one to go to; nobody went there.
    public static let referralOffered = FindingID("referral_offered")
    /// The server said something that nobody had asked for.
    public static let unsolicitedReply = FindingID("unsolicited_reply")
    /// The server claimed a success that it cannot know of.
    public static let forgedSuccess = FindingID("forged_success")
    /// What is offered in plaintext and over TLS does not fit together.
    public static let capabilitiesChanged = FindingID("capabilities_changed")
    /// The server's text holds control characters.
    public static let controlCharacters = FindingID("control_characters")
    /// The server wants a person to read something.
    public static let serverAlert = FindingID("server_alert")
    /// Another form of the user name works.
    public static let usernameForm = FindingID("username_form")
    /// The certificate is revoked, as the server says itself.
    public static let certRevoked = FindingID("cert_revoked")
    /// The sending domain has no SPF record.
    public static let spfMissing = FindingID("spf_missing")
    /// The SPF record makes receivers give up.
    public static let spfInvalid = FindingID("spf_invalid")
    /// The SPF record does not allow the provider's servers.
    public static let spfExcludesProvider = FindingID("spf_excludes_provider")
    /// The sending domain has no DMARC policy.
    public static let dmarcMissing = FindingID("dmarc_missing")
    /// The DMARC record has no effect.
    public static let dmarcInvalid = FindingID("dmarc_invalid")
    /// The keys that the provider signs with are not in the DNS.
    public static let dkimMissing = FindingID("dkim_missing")
    /// The catalogue's settings do not work any more.
    public static let profileStale = FindingID("profile_stale")
    /// The provider has announced that this kind of login ends.
    public static let loginEndsSoon = FindingID("login_ends_soon")
    /// The domain's MTA-STS policy does not hold, or leaves out a mail exchanger.
    public static let mtaSTSInvalid = FindingID("mta_sts_invalid")
    /// The domain's TLS-RPT record is of no use.
    public static let tlsRPTInvalid = FindingID("tls_rpt_invalid")
    /// The password was sent without the blanks that it was given with.
    public static let passwordBlanksRemoved = FindingID("password_blanks_removed")
    /// The test message did not arrive in time.
    public static let deliveryNotSeen = FindingID("delivery_not_seen")
    /// The test message arrived, and a check of its origin failed.
    public static let deliveryNotAuthenticated = FindingID("delivery_not_authenticated")
}

extension FindingID {
    /// How it stands in a report.
    public static let json = JSONDescription<String>.text(pattern: "^[a-z][a-z0-9_]*$")
        .mapped(read: { FindingID($0) }, write: \.description)
}

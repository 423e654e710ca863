public import MailModel

/// Why an account may not be registered.
public struct RegistrationDenial: Hashable, Sendable, CustomStringConvertible {
    /// The reasons that are told apart. More may be added.
    public enum Code: String, Hashable, Sendable {
        /// The verdict is not one of the ready ones.
        case notReady = "not_ready"
        /// The login uses an access token, and the API takes passwords only.
        case accessToken = "access_token"
        /// No password was given for one side.
        case passwordMissing = "password_missing"
        /// No accepted login of one side was seen in this run.
        case loginNotProved = "login_not_proved"
        /// The kind of mailbox is not known.
        case inboxTypeUnknown = "inbox_type_unknown"
        /// Something should be looked at first, and the user did not accept that.
        case warningsNotAccepted = "warnings_not_accepted"
        /// The kind of mailbox needs an IMAP password, and its server takes none.
        case imapTakesNoPassword = "imap_takes_no_password"
    }

    /// The reason.
    public let code: Code
    /// The side it is about, nil when it is neither or both.
    public let service: MailService?
    /// The reason in words for a person.
    public let description: String

    /// What the user can do about it; nil where the reason says all.
    public var step: RemedyStep? { code == .warningsNotAccepted ? .acceptWarnings : nil }

    static let inboxTypeUnknown = Self(
        code: .inboxTypeUnknown, service: nil, description: "the kind of mailbox is not known, and the API asks for it")

    static let warningsNotAccepted = Self(
        code: .warningsNotAccepted, service: nil,
        description: "both logins work, but there are warnings that were not accepted")

    static let imapTakesNoPassword = Self(
        code: .imapTakesNoPassword, service: .imap,
        description: "the API logs in to IMAP with a password, which this provider does not take: " + wayOut)

    /// The API takes passwords only; its vendor's dashboard knows other ways.
    private static let wayOut =
        "connect the mailbox with OAuth in the dashboard of the API's vendor instead (Shared OAuth, Private OAuth, or "
        + "Organization Connect)"

    static func notReady(_ verdict: Verdict) -> Self {
        Self(code: .notReady, service: nil, description: "the verdict is \(verdict.rawValue)")
    }

    static func accessToken(_ service: MailService) -> Self {
        Self(
            code: .accessToken, service: service,
            description: "the \(service.label) login uses an OAuth 2 access token, and the API takes passwords only: "
                + wayOut)
    }

    static func passwordMissing(_ service: MailService) -> Self {
        Self(code: .passwordMissing, service: service, description: "no \(service.label) password was given")
    }

    static func loginNotProved(_ service: MailService) -> Self {
        Self(
            code: .loginNotProved, service: service,
            description: "the \(service.label) login did not pass in this run")
    }
}

extension MailService {
    fileprivate var label: String { rawValue.uppercased() }
}

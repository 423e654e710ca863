public import MailJSON

/// What a server says it can do.
public struct CapabilityFacts: Hashable, Sendable {
    /// Before TLS, each capability on a line of its own, as sent. nil when it was not asked.
    public var beforeTLS: [ServerText]?
    /// On the channel where the login happens. nil when it was not asked.
    public var onLoginChannel: [ServerText]?
    /// The SASL mechanisms offered on the channel where the login happens, upper case.
    public var mechanisms: [String]
    /// What the server says it is (IMAP ID, RFC 2971).
    public var implementation: ServerText?
    /// Texts that the server wants a person to read (IMAP `ALERT`, RFC 9051, section 7.1), said before the login.
    public var alerts: [ServerText]
    /// How many responses came before the login that nobody had asked for.
    public var unsolicited: Int

    /// Makes facts.
    public init(
        beforeTLS: [ServerText]? = nil, onLoginChannel: [ServerText]? = nil, mechanisms: [String] = [],
        implementation: ServerText? = nil, alerts: [ServerText] = [], unsolicited: Int = 0
    ) {
        self.beforeTLS = beforeTLS
        self.onLoginChannel = onLoginChannel
        self.mechanisms = mechanisms
        self.implementation = implementation
        self.alerts = alerts
        self.unsolicited = unsolicited
    }
}

/// What a login ended in.
public struct LoginFacts: Hashable, Sendable {
    /// The SASL mechanism, or `LOGIN` for IMAP's own command.
    public var mechanism: String
    /// The user name that was sent.
    public var username: String
    /// The server's last word on it.
    public var reply: ServerReply
    /// The error that came as a challenge, decoded (RFC 7628, section 3.2.2).
    public var oauthError: ServerText?
    /// Other user names that were tried in this run, in order, and refused as wrong.
    public var refusedUsernames: [String]
    /// Whether the password was sent without the blanks that it was given with: it was copied in the groups in which the
    /// provider shows it.
    public var blanksRemoved: Bool

    /// Makes facts.
    public init(
        mechanism: String, username: String, reply: ServerReply, oauthError: ServerText? = nil,
        refusedUsernames: [String] = [], blanksRemoved: Bool = false
    ) {
        self.mechanism = mechanism
        self.username = username
        self.reply = reply
        self.oauthError = oauthError
        self.refusedUsernames = refusedUsernames
        self.blanksRemoved = blanksRemoved
    }

    /// Whether the server took the login: SMTP says 235 (RFC 4954, section 6), IMAP a tagged OK (RFC 9051, section 6.2).
    ///
    /// Another 2xx is no proof: a server that does not know what it answered to says 250 as well.
    ///
    /// Verdict, rules, advice and registration all ask here and nowhere else.
    public var isAccepted: Bool {
        if let code = reply.code { return code == 235 }
        return reply.status == "OK"
    }

    /// Whether an OAuth 2 access token was sent in place of a password (RFC 7628, and XOAUTH2).
    public var usesAccessToken: Bool { Self.tokenMechanisms.contains(mechanism) }

    /// The SASL mechanisms that carry an access token.
    public static let tokenMechanisms: Set<String> = ["XOAUTH2", "OAUTHBEARER"]
}

extension Observation {
    /// The login that the server took, nil when this observation saw none: the outcome and the server's own word agree.
    public var acceptedLogin: LoginFacts? {
        guard outcome == .observed, case .login(let facts)? = facts, facts.isAccepted else { return nil }
        return facts
    }
}

extension CapabilityFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<CapabilityFacts>.object(
        CapabilityFacts.init,
        .field("before_tls", \.beforeTLS, .optional(.list(.serverText)), "Before TLS; null when it was not asked."),
        .field(
            "on_login_channel", \.onLoginChannel, .optional(.list(.serverText)),
            "On the channel where the login happens; null when it was not asked."),
        .field("mechanisms", \.mechanisms, .texts, "The SASL mechanisms offered on that channel, upper case."),
        .field("implementation", \.implementation, .optional(.serverText), "What the server says it is."),
        .field(
            "alerts", \.alerts, .list(.serverText), missing: [], "Texts that the server wants a person to read."),
        .field("unsolicited", \.unsolicited, .integer, missing: 0, "Responses that nobody had asked for."))
}

extension LoginFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<LoginFacts>.object(
        LoginFacts.init,
        .field("mechanism", \.mechanism, .text, "The SASL mechanism, or LOGIN for the command of IMAP."),
        .field("username", \.username, .text, "The user name that was sent."),
        .field("reply", \.reply, ServerReply.json, "The server's last word on it."),
        .field(
            "oauth_error", \.oauthError, .optional(.serverText), "The error that came as a challenge (RFC 7628)."),
        .field(
            "refused_usernames", \.refusedUsernames, .texts, missing: [],
            "Other user names that were tried in this run and refused as wrong, in order."),
        .field(
            "blanks_removed", \.blanksRemoved, .bool, missing: false,
            "Whether the password was sent without the blanks that it was given with."))
}

import MailModel

/// The SASL mechanisms that are spoken here.
enum SASLMechanism: String, Hashable, Sendable {
    case plain = "PLAIN"
    case login = "LOGIN"
    case xoauth2 = "XOAUTH2"
    case oauthBearer = "OAUTHBEARER"

    /// Those that can carry a credential, best first. XOAUTH2 comes first for tokens since more servers know it.
    ///
    /// - Parameter credential: What proves who logs in.
    /// - Returns: Two mechanisms.
    static func fitting(_ credential: Credential) -> [SASLMechanism] {
        switch credential {
        case .password: [.plain, .login]
        case .accessToken: [.xoauth2, .oauthBearer]
        }
    }

    /// The best mechanism that both sides know.
    ///
    /// - Parameters:
    ///   - credential: What proves who logs in.
    ///   - offered: What the server offers, upper case.
    ///   - avoided: What is known not to work there, upper case.
    /// - Returns: The mechanism, nil when none fits.
    static func choose(
        for credential: Credential, offered: [String], avoided: Set<String>
    ) -> SASLMechanism? {
        fitting(credential).first { offered.contains($0.rawValue) && !avoided.contains($0.rawValue) }
    }

    /// All that the client says in this mechanism when nothing goes wrong, in order.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - secret: The password or token.
    /// - Returns: One or two messages.
    /// - Throws: `UnusableCredential` for what the mechanism cannot carry.
    func messages(username: String, secret: String) throws(UnusableCredential) -> [SASLMessage] {
        switch self {
        case .plain: [try PlainMechanism.message(username: username, password: secret)]
        case .login: try LoginMechanism.messages(username: username, password: secret)
        case .xoauth2: [try XOAuth2Mechanism.message(username: username, token: secret)]
        case .oauthBearer: [try OAuthBearerMechanism.message(username: username, token: secret)]
        }
    }

    /// Whether the first message may go along with the command. LOGIN's may not: the server speaks first there.
    var hasInitialResponse: Bool { self != .login }

    /// What answers a challenge that brings an error, nil where challenges bring none.
    var errorAcknowledgement: SASLMessage? {
        switch self {
        case .plain, .login: nil
        case .xoauth2: XOAuth2Mechanism.errorAcknowledgement
        case .oauthBearer: OAuthBearerMechanism.errorAcknowledgement
        }
    }
}

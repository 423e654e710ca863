import MailModel

/// The SASL mechanisms that are spoken here.
enum SASLMechanism: String, Hashable, Sendable {
    case scramSHA256 = "SCRAM-SHA-256"
    case scramSHA1 = "SCRAM-SHA-1"
    case plain = "PLAIN"
    case login = "LOGIN"
    case cramMD5 = "CRAM-MD5"
    case xoauth2 = "XOAUTH2"
    case oauthBearer = "OAUTHBEARER"

    /// Those that can carry a credential, best first.
    ///
    /// SCRAM keeps the password on this side. CRAM-MD5 comes last: over verified TLS, a digest that can be guessed at
    /// is no gain, and its servers have to keep passwords readable. XOAUTH2 comes first for tokens since more servers
    /// know it.
    ///
    /// - Parameter credential: What proves who logs in.
    /// - Returns: The mechanisms.
    static func fitting(_ credential: Credential) -> [SASLMechanism] {
        switch credential {
        case .password: [.scramSHA256, .scramSHA1, .plain, .login, .cramMD5]
        case .accessToken: [.xoauth2, .oauthBearer]
        }
    }

    /// The best mechanism that both sides know.
    ///
    /// - Parameters:
    ///   - credential: What proves who logs in.
    ///   - username: The user name; letters beyond ASCII rule out SCRAM.
    ///   - offered: What the server offers, upper case.
    ///   - avoided: What is known not to work there, upper case.
    ///   - hasCryptography: Whether challenge mechanisms can be spoken.
    /// - Returns: The mechanism, nil when none fits.
    static func choose(
        for credential: Credential, username: String = "", offered: [String], avoided: Set<String>,
        hasCryptography: Bool = false
    ) -> SASLMechanism? {
        let texts = [username, credential.secret.revealed]
        return fitting(credential).first { mechanism in
            guard offered.contains(mechanism.rawValue), !avoided.contains(mechanism.rawValue) else { return false }
            guard mechanism.needsCryptography else { return true }
            return hasCryptography && (mechanism == .cramMD5 || texts.allSatisfy(SCRAMClient.canCarry))
        }
    }

    /// The hash in the name of a SCRAM mechanism.
    var scramHash: SASLHash? {
        switch self {
        case .scramSHA256: .sha256
        case .scramSHA1: .sha1
        case .plain, .login, .cramMD5, .xoauth2, .oauthBearer: nil
        }
    }

    /// Whether it answers challenges by one-way functions.
    var needsCryptography: Bool { scramHash != nil || self == .cramMD5 }

    /// All that the client says in this mechanism when nothing goes wrong, in order; for a mechanism whose answers
    /// depend on challenges, nothing.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - secret: The password or token.
    /// - Returns: Up to two messages.
    /// - Throws: `UnusableCredential` for what the mechanism cannot carry.
    func messages(username: String, secret: String) throws(UnusableCredential) -> [SASLMessage] {
        switch self {
        case .plain: [try PlainMechanism.message(username: username, password: secret)]
        case .login: try LoginMechanism.messages(username: username, password: secret)
        case .xoauth2: [try XOAuth2Mechanism.message(username: username, token: secret)]
        case .oauthBearer: [try OAuthBearerMechanism.message(username: username, token: secret)]
        case .scramSHA256, .scramSHA1, .cramMD5: []
        }
    }

    /// Whether the first message may go along with the command. LOGIN's and CRAM-MD5's may not: the server speaks first
    /// there.
    var hasInitialResponse: Bool { self != .login && self != .cramMD5 }

    /// What answers a challenge that brings an error, nil where challenges bring none.
    var errorAcknowledgement: SASLMessage? {
        switch self {
        case .xoauth2: XOAuth2Mechanism.errorAcknowledgement
        case .oauthBearer: OAuthBearerMechanism.errorAcknowledgement
        case .scramSHA256, .scramSHA1, .plain, .login, .cramMD5: nil
        }
    }
}

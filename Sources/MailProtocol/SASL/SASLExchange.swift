import MailModel

/// The client's side of one SASL exchange, the same for SMTP (RFC 4954) and IMAP (RFC 9051, section 6.2.2).
///
/// Each message is handed out once: a server that asks again gets a cancellation, never the secret a second time.
struct SASLExchange: Sendable {
    /// What to do about a challenge.
    enum Answer: Hashable, Sendable {
        /// Send this message.
        case respond(SASLMessage)
        /// Send `*`.
        case cancel
    }

    /// The mechanism.
    let mechanism: SASLMechanism
    /// The user name.
    let username: String
    /// The error that came as a challenge, decoded where it was base64.
    private(set) var errorChallenge: [UInt8]?
    /// The challenge for which the exchange was cancelled, decoded where it was base64.
    private(set) var refusedChallenge: [UInt8]?

    private var messages: [SASLMessage]
    private var challenges = 0
    private let challengeLimit: Int

    /// Prepares an exchange.
    ///
    /// - Parameters:
    ///   - mechanism: The mechanism.
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - challengeLimit: How many challenges are answered.
    /// - Throws: `UnusableCredential` for what the mechanism cannot carry.
    init(
        _ mechanism: SASLMechanism, username: String, credential: Credential, challengeLimit: Int
    ) throws(UnusableCredential) {
        self.mechanism = mechanism
        self.username = username
        self.challengeLimit = challengeLimit
        messages = try mechanism.messages(username: username, secret: credential.secret.revealed)
    }

    /// Whether it was cancelled.
    var isCancelled: Bool { refusedChallenge != nil }

    /// Takes the message that may go along with the command.
    ///
    /// - Parameter room: How many octets there is room for.
    /// - Returns: The message, nil when the server must ask for it first.
    mutating func initialResponse(room: Int) -> SASLMessage? {
        guard mechanism.hasInitialResponse, let first = messages.first, first.encoded.count <= room else { return nil }
        return messages.removeFirst()
    }

    /// Takes a challenge.
    ///
    /// - Parameter challenge: The challenge as sent, most often base64.
    /// - Returns: What to send.
    mutating func answer(_ challenge: [UInt8]) -> Answer {
        challenges += 1
        let decoded = Base64.decode(challenge) ?? challenge
        if challenges <= challengeLimit {
            if !messages.isEmpty { return .respond(messages.removeFirst()) }
            if let acknowledgement = mechanism.errorAcknowledgement {
                if errorChallenge == nil, !decoded.isEmpty { errorChallenge = decoded }
                return .respond(acknowledgement)
            }
        }
        refusedChallenge = decoded
        return .cancel
    }

    /// What is to be said about the login once the server has given its last word.
    ///
    /// - Parameters:
    ///   - reply: That word.
    ///   - redactor: Takes secrets out of the error.
    /// - Returns: The facts.
    func facts(_ reply: ServerReply, redactor: Redactor) -> LoginFacts {
        LoginFacts(
            mechanism: mechanism.rawValue, username: username, reply: reply,
            oauthError: errorChallenge.map { redactor.text($0) })
    }
}

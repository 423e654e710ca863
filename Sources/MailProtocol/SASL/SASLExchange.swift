import MailModel

/// The client's side of one SASL exchange, the same for SMTP (RFC 4954) and IMAP (RFC 9051, section 6.2.2).
///
/// Each message is handed out once: a server that asks again gets a cancellation, never the secret a second time. A
/// success counts only once all was said, and for SCRAM once the server has proved itself.
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
    /// What was wrong with that challenge.
    private(set) var violation = ProtocolViolation.unexpectedChallenge

    private var messages: [SASLMessage]
    private var scram: SCRAMClient?
    private var digest: (password: String, cryptography: any SASLCryptography)?
    private var challenges = 0
    private let challengeLimit: Int

    /// Prepares an exchange.
    ///
    /// - Parameters:
    ///   - mechanism: The mechanism.
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - challengeLimit: How many challenges are answered.
    ///   - cryptography: The one-way functions, needed for challenge mechanisms only.
    /// - Throws: `UnusableCredential` for what the mechanism cannot carry.
    init(
        _ mechanism: SASLMechanism, username: String, credential: Credential, challengeLimit: Int,
        cryptography: (any SASLCryptography)? = nil
    ) throws(UnusableCredential) {
        self.mechanism = mechanism
        self.username = username
        self.challengeLimit = challengeLimit
        let secret = credential.secret.revealed
        messages = try mechanism.messages(username: username, secret: secret)
        guard mechanism.needsCryptography else { return }
        guard let cryptography else { throw .noCryptography }
        if let hash = mechanism.scramHash {
            let client = try SCRAMClient(hash, username: username, password: secret, cryptography: cryptography)
            scram = client
            messages = [client.initialMessage]
        } else {
            try UnusableCredential.check(username: username, secret: secret, without: [0])
            digest = (secret, cryptography)
        }
    }

    /// Whether it was cancelled.
    var isCancelled: Bool { refusedChallenge != nil }

    /// Whether a success can be believed now: all was said, no error was told, and the server proved itself where the
    /// mechanism has it prove itself.
    var canSucceed: Bool {
        guard messages.isEmpty, digest == nil, errorChallenge == nil else { return false }
        return scram?.isServerProven ?? true
    }

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
        let decoded = Base64.decode(challenge)
        guard challenges <= challengeLimit else { return refuse(decoded ?? challenge, .unexpectedChallenge) }
        if !messages.isEmpty { return .respond(messages.removeFirst()) }
        if scram != nil { return answerSCRAM(decoded, challenge) }
        if let digest {
            self.digest = nil
            let answer = decoded.flatMap {
                CRAMMD5Mechanism.answer(
                    $0, username: username, password: digest.password, cryptography: digest.cryptography)
            }
            return answer.map { .respond($0) } ?? refuse(decoded ?? challenge, .badChallenge)
        }
        if let acknowledgement = mechanism.errorAcknowledgement {
            let error = decoded ?? challenge
            if errorChallenge == nil, !error.isEmpty { errorChallenge = error }
            return .respond(acknowledgement)
        }
        return refuse(decoded ?? challenge, .unexpectedChallenge)
    }

    private mutating func answerSCRAM(_ decoded: [UInt8]?, _ challenge: [UInt8]) -> Answer {
        guard let decoded else { return refuse(challenge, .badChallenge) }
        switch scram?.answer(decoded) {
        case .respond(let message): return .respond(message)
        case .failed(let error):
            errorChallenge = error
            return .respond(SASLMessage(open: []))
        case .refuse(let violation): return refuse(decoded, violation)
        case nil: return refuse(decoded, .unexpectedChallenge)
        }
    }

    private mutating func refuse(_ challenge: [UInt8], _ violation: ProtocolViolation) -> Answer {
        refusedChallenge = challenge
        self.violation = violation
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

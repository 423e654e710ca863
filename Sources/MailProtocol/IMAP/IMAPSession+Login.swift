public import MailModel

/// LOGIN and AUTHENTICATE (RFC 9051, sections 6.2.2 and 6.2.3).
extension IMAPSession {
    /// Whether a challenge may ask for much calculation.
    public var calculates: Bool { login?.exchange?.mechanism.needsCryptography ?? false }

    /// Logs in, once, in the best way that the server offers for the credential.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - channel: The proof that this connection may carry it.
    /// - Returns: LOGIN or AUTHENTICATE, or `stopped` when nothing fits.
    public mutating func authenticate(
        username: String, credential: Credential, over channel: VerifiedChannel
    ) -> SessionStep {
        if let stop = conversation.beginLogin() { return stop }
        if isPreauthenticated {
            let words = record.greeting?.text
            return conversation.stop(.violation(.preauth, text: words), farewell: logout())
        }
        // Nothing can have been said about a login that was not begun; untagged responses may come at any time.
        if let early = conversation.lines.firstWaiting(where: { !$0.isEmpty && !Self.isUntagged($0) }) {
            return conversation.stop(.earlyReply, text: early, farewell: logout())
        }
        let configuration = conversation.configuration
        let choose = { [capabilities] (avoided: Set<String>) in
            IMAPLogin.method(
                username: username, credential: credential, capabilities: capabilities, avoided: avoided,
                hasCryptography: configuration.cryptography != nil)
        }
        let method = choose(configuration.unprovenMechanisms) ?? choose([])
        guard let method else { return stopWithoutMethod() }
        do {
            return try begin(method, username: username, credential: credential)
        } catch {
            return conversation.stop(.unusableCredential(error), farewell: logout())
        }
    }

    /// Takes a continuation request: the next piece of LOGIN, or a SASL challenge.
    ///
    /// - Parameters:
    ///   - text: What follows the plus sign.
    ///   - octets: The response as sent.
    /// - Returns: The next step.
    mutating func handleContinuation(_ text: [UInt8], octets: [UInt8]) -> SessionStep {
        guard awaited == .login, var login else { return conversation.stop(.unexpectedContinuation, text: octets) }
        defer { self.login = login }
        guard var exchange = login.exchange else {
            guard !login.pieces.isEmpty else { return conversation.stop(.unexpectedContinuation, text: octets) }
            return conversation.ask(login.pieces.removeFirst())
        }
        if exchange.isCancelled { return conversation.stop(exchange.violation, text: exchange.refusedChallenge) }
        let answer = exchange.answer(text)
        login.exchange = exchange
        switch answer {
        case .respond(let message):
            return conversation.ask(OutgoingData(octets: message.encoded + ASCII.lineEnd, shown: shown(message)))
        case .cancel: return conversation.ask(OutgoingData(line: "*"))
        }
    }

    /// Takes the tagged answer to the login.
    ///
    /// - Parameter status: The answer.
    /// - Returns: The look at the mailbox, or `stopped`.
    mutating func handleLogin(_ status: IMAPStatusResponse) -> SessionStep {
        if let refused = login?.exchange?.refusedChallenge {
            let violation = login?.exchange?.violation ?? .unexpectedChallenge
            return conversation.stop(violation, text: refused, farewell: logout())
        }
        return endLogin(status)
    }

    /// Takes the server's last word on the login: the tagged answer, or BYE.
    ///
    /// - Parameter status: That word.
    /// - Returns: The look at the mailbox, or `stopped`.
    mutating func endLogin(_ status: IMAPStatusResponse) -> SessionStep {
        if status.condition == .ok, login?.canSucceed == false {
            return conversation.stop(.earlySuccess, text: status.shownText, farewell: logout())
        }
        let facts = login?.facts(status, redactor: redactor)
        conversation.record.login = facts
        login = nil
        if status.condition == .ok { return surveyMailbox() }
        let reply = facts?.reply ?? status.recorded(redactor)
        return conversation.stop(.rejected(reply), farewell: status.condition == .bye ? nil : logout())
    }

    private mutating func stopWithoutMethod() -> SessionStep {
        let offered = record.mechanisms
        let failure: Failure = offered.isEmpty ? .loginNotOffered : .noCommonMechanism(offered: offered)
        return conversation.stop(failure, farewell: logout())
    }

    private mutating func begin(
        _ method: IMAPLogin.Method, username: String, credential: Credential
    ) throws(UnusableCredential) -> SessionStep {
        let tag = nextTag()
        var login = IMAPLogin(username: username)
        let first: OutgoingData
        switch method {
        case .command:
            let password = credential.secret.revealed
            var pieces = try IMAPLoginCommand(
                tag: tag, username: username, password: password, capabilities: capabilities, redactor: redactor
            ).pieces
            first = pieces.removeFirst()
            login.pieces = pieces
        case .sasl(let mechanism):
            let limit = conversation.configuration.limits.challenges
            var exchange = try SASLExchange(
                mechanism, username: username, credential: credential, challengeLimit: limit,
                cryptography: conversation.configuration.cryptography)
            first = authenticateCommand(tag: tag, exchange: &exchange)
            login.exchange = exchange
        }
        self.tag = tag
        self.login = login
        announced = nil
        awaited = .login
        return conversation.ask(first)
    }

    /// AUTHENTICATE, with the first message in it where SASL-IR is offered (RFC 4959).
    private func authenticateCommand(tag: String, exchange: inout SASLExchange) -> OutgoingData {
        let command = "\(tag) AUTHENTICATE \(exchange.mechanism.rawValue)"
        guard capabilities.has("SASL-IR"), let initial = exchange.initialResponse(room: .max) else {
            return OutgoingData(line: command)
        }
        let octets = Array("\(command) ".utf8) + initial.encoded + ASCII.lineEnd
        return OutgoingData(octets: octets, shown: "\(command) \(shown(initial))")
    }

    private func shown(_ message: SASLMessage) -> String { redactor.redact(message.shown) }
}

public import MailModel

/// AUTH (RFC 4954).
extension SMTPSession {
    /// Whether a challenge may ask for much calculation.
    public var calculates: Bool { exchange?.mechanism.needsCryptography ?? false }

    /// Logs in, once, by the best mechanism that the server offers for the credential.
    ///
    /// - Parameters:
    ///   - username: The user name.
    ///   - credential: What proves it.
    ///   - channel: The proof that this connection may carry it.
    /// - Returns: AUTH, or `stopped` when nothing fits.
    public mutating func authenticate(
        username: String, credential: Credential, over channel: VerifiedChannel
    ) -> SessionStep {
        if let stop = conversation.beginLogin() { return stop }
        guard !offered.isEmpty else { return conversation.stop(.loginNotOffered, farewell: Self.quit) }
        // Nothing can have been said about a login that was not begun.
        guard conversation.lines.count == 0 else {
            return conversation.stop(.earlyReply, text: conversation.lines.waiting, farewell: Self.quit)
        }
        let cryptography = conversation.configuration.cryptography
        let choose = { [offered] (avoided: Set<String>) in
            SASLMechanism.choose(
                for: credential, username: username, offered: offered, avoided: avoided,
                hasCryptography: cryptography != nil)
        }
        let unproven = conversation.configuration.unprovenMechanisms
        let mechanism = choose(unproven) ?? choose([])
        guard let mechanism else {
            return conversation.stop(.noCommonMechanism(offered: record.mechanisms), farewell: Self.quit)
        }
        do {
            let limit = conversation.configuration.limits.challenges
            return begin(
                try SASLExchange(
                    mechanism, username: username, credential: credential, challengeLimit: limit,
                    cryptography: cryptography))
        } catch {
            return conversation.stop(.unusableCredential(error), farewell: Self.quit)
        }
    }

    /// The longest command line, its end included (RFC 4954, section 4; RFC 5321, section 4.5.3.1.4). A longer initial
    /// response has to wait for the server's challenge.
    static var commandLineLimit: Int { 512 }

    /// Takes a reply to AUTH or to an answer in its exchange.
    ///
    /// - Parameter reply: 334 for a challenge, else the last word.
    /// - Returns: The next step.
    mutating func handleLogin(_ reply: SMTPReply) -> SessionStep {
        guard var exchange else { return conversation.stop(.outOfOrder) }
        if exchange.isCancelled { return endCancelled(exchange, reply: reply) }
        guard reply.code == 334 else { return end(exchange, reply: reply) }
        let answer = exchange.answer(reply.challenge)
        self.exchange = exchange
        switch answer {
        case .respond(let message):
            return conversation.ask(OutgoingData(octets: message.encoded + ASCII.lineEnd, shown: shown(message)))
        case .cancel: return conversation.ask(OutgoingData(line: "*"))
        }
    }

    private mutating func begin(_ exchange: SASLExchange) -> SessionStep {
        var exchange = exchange
        let command = "AUTH \(exchange.mechanism.rawValue)"
        let room = Self.commandLineLimit - command.utf8.count - 1 - ASCII.lineEnd.count
        let initial = exchange.initialResponse(room: room)
        self.exchange = exchange
        awaited = .login
        guard let initial else { return conversation.ask(OutgoingData(line: command)) }
        let octets = Array("\(command) ".utf8) + initial.encoded + ASCII.lineEnd
        return conversation.ask(OutgoingData(octets: octets, shown: "\(command) \(shown(initial))"))
    }

    private func shown(_ message: SASLMessage) -> String {
        conversation.configuration.redactor.redact(message.shown)
    }

    private mutating func end(_ exchange: SASLExchange, reply: SMTPReply) -> SessionStep {
        let redactor = conversation.configuration.redactor
        if reply.code == 235, !exchange.canSucceed {
            let quoted = reply.recorded(redactor).quoted
            return conversation.stop(.earlySuccess, text: Array(quoted.utf8), farewell: Self.quit)
        }
        conversation.record.login = exchange.facts(reply.recorded(redactor), redactor: redactor)
        return reply.code == 235 ? submitOrFinish() : refuseOrViolate(reply)
    }

    /// The reply to a cancellation says nothing about the login. A server that still asks is left without a farewell,
    /// which it would take for one more answer.
    private mutating func endCancelled(_ exchange: SASLExchange, reply: SMTPReply) -> SessionStep {
        if reply.code == 421 { return refuse(reply) }
        let farewell = reply.code == 334 ? nil : Self.quit
        return conversation.stop(exchange.violation, text: exchange.refusedChallenge, farewell: farewell)
    }
}

/// One message from the mailbox to itself (RFC 6409), after a login that passed, and only when the user asked for it.
extension SMTPSession {
    /// Begins the submission, or ends the dialogue when none is asked for.
    ///
    /// - Returns: MAIL or the end.
    mutating func submitOrFinish() -> SessionStep {
        guard let message = conversation.configuration.testMessage else {
            return conversation.finish(farewell: Self.quit)
        }
        conversation.stage = .submit
        return ask("MAIL FROM:<\(message.address)>", awaiting: .mail)
    }

    /// Takes an answer of the submission.
    ///
    /// - Parameter reply: The answer to MAIL, RCPT, DATA or the message.
    /// - Returns: The next step.
    mutating func handleSubmission(_ reply: SMTPReply) -> SessionStep {
        guard let message = conversation.configuration.testMessage else { return conversation.stop(.outOfOrder) }
        switch (awaited, reply.code) {
        case (.mail, 250):
            return ask("RCPT TO:<\(message.address)>", awaiting: .recipient)
        case (.recipient, 250...251):
            return ask("DATA", awaiting: .data)
        case (.data, 354):
            awaited = .message
            return conversation.ask(
                OutgoingData(octets: message.octets, shown: "(the test message, \(message.octets.count) octets)"))
        case (.message, 250):
            conversation.record.submitted = reply.recorded(conversation.configuration.redactor)
            return conversation.finish(farewell: Self.quit)
        default: return refuseOrViolate(reply)
        }
    }
}

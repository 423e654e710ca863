import MailModel

/// From the server's first words to the moment when a login is possible.
extension SMTPSession {
    /// Greets the server, and learns what it offers.
    ///
    /// - Parameters:
    ///   - verb: `EHLO` or `HELO`.
    ///   - awaiting: What the reply answers.
    /// - Returns: `send`.
    mutating func greet(_ verb: String, awaiting: Awaited) -> SessionStep {
        conversation.stage = .capabilities
        return ask("\(verb) \(conversation.configuration.clientName)", awaiting: awaiting)
    }

    /// Takes the server's first words.
    ///
    /// - Parameter reply: 220, or why there is no service (RFC 5321, section 3.1).
    /// - Returns: The next step.
    mutating func handleGreeting(_ reply: SMTPReply) -> SessionStep {
        conversation.record.greeting = reply.recorded(conversation.configuration.redactor)
        return reply.code == 220 ? greet("EHLO", awaiting: .ehlo) : refuseOrViolate(reply)
    }

    /// Takes the answer to EHLO. Servers that do not know it get HELO (RFC 5321, section 3.2).
    ///
    /// - Parameter reply: The answer.
    /// - Returns: The next step.
    mutating func handleEHLO(_ reply: SMTPReply) -> SessionStep {
        switch reply.code {
        case 250: learn(SMTPCapabilities(reply))
        case 500, 501, 502, 504: greet("HELO", awaiting: .helo)
        default: refuseOrViolate(reply)
        }
    }

    /// Takes the answer to HELO, after which nothing is offered.
    ///
    /// - Parameter reply: The answer.
    /// - Returns: The next step.
    mutating func handleHELO(_ reply: SMTPReply) -> SessionStep {
        reply.code == 250 ? learn(.none) : refuseOrViolate(reply)
    }

    /// Takes the answer to STARTTLS. What follows a go-ahead in plaintext is not looked at.
    ///
    /// - Parameter reply: The answer.
    /// - Returns: `startTLS`, or `stopped`.
    mutating func handleSTARTTLS(_ reply: SMTPReply) -> SessionStep {
        guard reply.code == 220 else { return refuseOrViolate(reply) }
        return conversation.beginTLS()
    }

    private mutating func learn(_ capabilities: SMTPCapabilities) -> SessionStep {
        let redactor = conversation.configuration.redactor
        let lines = capabilities.lines.map { redactor.text($0) }
        guard conversation.isSecured else {
            conversation.record.capabilitiesBeforeTLS = lines
            return upgrade(offered: capabilities.offersSTARTTLS)
        }
        conversation.record.capabilities = lines
        offered = capabilities.mechanisms
        conversation.record.mechanisms = capabilities.mechanisms.map { redactor.text($0.utf8).escaped }
        return conversation.becomeReady()
    }

    private mutating func upgrade(offered: Bool) -> SessionStep {
        conversation.stage = .tls
        guard offered else { return conversation.stop(.startTLSNotOffered, farewell: Self.quit) }
        return ask("STARTTLS", awaiting: .startTLS)
    }
}

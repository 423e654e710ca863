import MailModel

/// From the server's first words to the moment when a login is possible.
extension IMAPSession {
    /// Takes the server's first words: OK, PREAUTH or BYE (RFC 9051, section 7.1).
    ///
    /// - Parameter octets: The first response.
    /// - Returns: The next step.
    mutating func handleGreeting(_ octets: [UInt8]) -> SessionStep {
        guard let greeting = IMAPStatusResponse(octets), greeting.tag == nil else {
            return conversation.stop(.notIMAP, text: octets)
        }
        conversation.record.greeting = greeting.recorded(redactor)
        if greeting.code?.name == "ALERT" { conversation.noteAlert(greeting.text) }
        switch greeting.condition {
        case .ok: return learnFirst(greeting)
        case .preauth: return handlePreauth(greeting)
        case .bye: return conversation.stop(.rejected(greeting.recorded(redactor)))
        case .no, .bad: return conversation.stop(.notIMAP, text: octets)
        }
    }

    /// Asks what is offered.
    ///
    /// - Returns: CAPABILITY.
    mutating func askCapabilities() -> SessionStep {
        conversation.stage = .capabilities
        return ask("CAPABILITY", awaiting: .capability)
    }

    /// Takes the answer to CAPABILITY.
    ///
    /// - Parameter status: The tagged answer; the list came before it.
    /// - Returns: The next step.
    mutating func handleCapability(_ status: IMAPStatusResponse) -> SessionStep {
        guard status.condition == .ok else { return refuse(status) }
        return learn(announced ?? IMAPCapabilities([]))
    }

    /// Takes the answer to STARTTLS. What follows a go-ahead in plaintext is not looked at.
    ///
    /// - Parameter status: The tagged answer.
    /// - Returns: `startTLS`, or `stopped`.
    mutating func handleSTARTTLS(_ status: IMAPStatusResponse) -> SessionStep {
        guard status.condition == .ok else { return refuse(status) }
        return conversation.beginTLS()
    }

    /// Takes an untagged status response. BYE ends everything (RFC 9051, section 7.1.5).
    ///
    /// - Parameters:
    ///   - status: The response.
    ///   - octets: The same as sent.
    /// - Returns: The next step, nil to read on.
    mutating func handleUntagged(_ status: IMAPStatusResponse, octets: [UInt8]) -> SessionStep? {
        switch status.condition {
        case .bye: return awaited == .login ? endLogin(status) : refuse(status)
        case .preauth: return conversation.stop(.unexpectedReply, text: octets)
        case .ok, .no, .bad:
            announced = IMAPCapabilities(status.code) ?? announced
            if status.code?.name == "ALERT", survey == nil { conversation.noteAlert(status.text) }
            login?.note(status)
            return nil
        }
    }

    /// Gives up since the server said no.
    ///
    /// - Parameter status: Its word. After BYE it closes the connection by itself.
    /// - Returns: `stopped`.
    mutating func refuse(_ status: IMAPStatusResponse) -> SessionStep {
        let farewell = status.condition == .bye ? nil : logout()
        return conversation.stop(.rejected(status.recorded(redactor)), farewell: farewell)
    }

    /// What the greeting says about capabilities counts only when no STARTTLS follows.
    private mutating func learnFirst(_ greeting: IMAPStatusResponse) -> SessionStep {
        guard conversation.isSecured, let offered = IMAPCapabilities(greeting.code) else { return askCapabilities() }
        conversation.stage = .capabilities
        return learn(offered)
    }

    /// STARTTLS cannot be had after PREAUTH, so what is plaintext stays plaintext (RFC 9051, section 7.1.4).
    private mutating func handlePreauth(_ greeting: IMAPStatusResponse) -> SessionStep {
        isPreauthenticated = true
        guard !conversation.isSecured else { return learnFirst(greeting) }
        return conversation.stop(.preauth, text: greeting.shownText, farewell: logout())
    }

    private mutating func learn(_ offered: IMAPCapabilities) -> SessionStep {
        let names = offered.names.map { redactor.text($0) }
        guard conversation.isSecured else {
            conversation.record.capabilitiesBeforeTLS = names
            return upgrade(offered: offered.has("STARTTLS"))
        }
        capabilities = offered
        conversation.record.capabilities = names
        guard offered.isIMAP4 else {
            return conversation.stop(.notIMAP4rev1, text: offered.text, farewell: logout())
        }
        conversation.record.mechanisms = offered.logins.map { redactor.text($0.utf8).escaped }
        return conversation.becomeReady()
    }

    private mutating func upgrade(offered: Bool) -> SessionStep {
        conversation.stage = .tls
        guard offered else { return conversation.stop(.startTLSNotOffered, farewell: logout()) }
        return ask("STARTTLS", awaiting: .startTLS)
    }
}

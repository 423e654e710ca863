import MailModel

/// The look at the mailbox. Nothing that goes wrong here takes the login back.
extension IMAPSession {
    /// Sends the commands that look at the mailbox.
    ///
    /// No round trip is spent on asking for capabilities anew: where the server did not announce them with the login,
    /// those from before it have to do.
    ///
    /// - Returns: `send`.
    mutating func surveyMailbox() -> SessionStep {
        conversation.stage = .mailbox
        awaited = .mailbox
        let offered = announced ?? capabilities
        let tags = (1...(offered.hasQuota ? 4 : 3)).map { _ in nextTag() }
        let survey = IMAPMailboxSurvey(capabilities: offered, tags: tags, redactor: redactor)
        self.survey = survey
        return conversation.ask(survey.request)
    }

    /// Takes the tagged answer to one of them.
    ///
    /// - Parameters:
    ///   - status: The answer.
    ///   - octets: The same as sent.
    /// - Returns: The end, nil to read on.
    mutating func handleMailbox(_ status: IMAPStatusResponse, octets: [UInt8]) -> SessionStep? {
        guard survey?.take(status) == true else {
            return conversation.stop(.unknownTag, text: octets)
        }
        return survey?.isComplete == true ? askOn() : nil
    }

    /// Stops reading a list that is longer than the limits: what it was asked for is known well enough.
    ///
    /// - Returns: The end.
    mutating func cutListing() -> SessionStep {
        survey?.stopListing()
        survey?.closeFirstRound()
        return conversation.finish(farewell: logout())
    }

    /// The test message, if one is under way, is waited for.
    private mutating func watchOrFinish() -> SessionStep {
        guard conversation.configuration.testMessage != nil else { return conversation.finish(farewell: logout()) }
        conversation.record.isEssentialKnown = true
        return conversation.pause()
    }

    /// The second round, where there is something left to ask.
    private mutating func askOn() -> SessionStep {
        let tags = (1...3).map { "a\(lastTag + $0)" }
        guard let request = survey?.followUp(tags: tags) else { return watchOrFinish() }
        lastTag += tags.count
        conversation.record.isEssentialKnown = true
        return conversation.ask(request)
    }
}

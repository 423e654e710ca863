import MailModel

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

import MailModel

/// A failure whose cause the text does not tell: told as such, with the line that says so.
enum UnknownCause {
    /// How sure it is that the text tells no more.
    static let confidence = 0.5

    /// What a reply that nobody knows is mostly given for, by its code alone (RFC 5321, section 4.2.2; RFC 4954; RFC 9051).
    ///
    /// - Parameter reply: The reply.
    /// - Returns: Causes and how likely they are, the likelier first.
    static func neighbours(of reply: ServerReply) -> [(id: FindingID, confidence: Double)] {
        switch (reply.code ?? 0, reply.status) {
        case (421, _), (_, "BYE"?): [(.serverBusy, 0.35), (.tooManyLogins, 0.25)]
        case (450...459, _): [(.serverBusy, 0.35), (.rateLimited, 0.25)]
        case (500...504, _), (_, "BAD"?): [(.protocolMismatch, 0.35), (.tlsRequired, 0.2)]
        case (530...539, _), (_, "NO"?): [(.badCredentials, 0.35), (.appPasswordRequired, 0.25)]
        case (550...553, _): [(.senderNotAllowed, 0.3), (.notAnAccountProblem, 0.3)]
        case (554, _): [(.ipBlocked, 0.3), (.notAnAccountProblem, 0.3)]
        default: []
        }
    }

    /// The finding.
    ///
    /// - Parameters:
    ///   - quote: The line.
    ///   - service: The side, where it shows.
    ///   - stage: The stage, where it shows.
    ///   - wrapper: What the program says of any failure.
    /// - Returns: `unknown_reply`, the line quoted.
    static func finding(quote: String, service: MailService?, stage: Stage?, wrapper: Clue) -> Finding {
        Finding(
            id: .unknownReply, severity: .error, confidence: confidence, service: service, stage: stage,
            summary: "Something failed, and the text does not say why.",
            detail: DecisionWords.sentence(forWrapper: wrapper), serverText: quote,
            evidence: ["text", wrapper.reference],
            remedy: Remedy(
                who: .user,
                steps: [
                    "Look for the reply of the server or the error of the system: in the log, or with the program's debug output on.",
                    "Paste that; the lines just before or behind this one tell the most.",
                ]),
            retry: .no)
    }
}

import MailModel

/// A failure whose cause the text does not tell: told as such, with the line that says so.
enum UnknownCause {
    /// How sure it is that the text tells no more.
    static let confidence = 0.5

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

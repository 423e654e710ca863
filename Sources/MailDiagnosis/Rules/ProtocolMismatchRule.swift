import MailModel

/// What answers there does not speak the protocol, or breaks its limits.
struct ProtocolMismatchRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .violation(let what, let text) = failure, let endpoint = observation.endpoint else { return nil }
            return Finding(
                .protocolMismatch, confidence: 0.8, on: observation,
                .mismatch(endpoint, side: observation.side, what: Self.words(what), text: text))
        }
    }

    /// What a violation means, by the id that the session gave it.
    private static func words(_ id: String) -> String {
        switch id {
        case "line_too_long": "a line is longer than any server needs"
        case "reply_too_long": "a reply is longer than any server needs"
        case "literal_too_long": "a literal is longer than any server needs"
        case "not_smtp": "its greeting is not SMTP"
        case "not_imap": "its greeting is not IMAP"
        case "malformed_reply": "a reply is malformed"
        case "reply_code_mismatch": "the lines of one reply have different codes"
        case "unexpected_reply": "a reply does not fit the command"
        case "unknown_tag": "a reply has a tag that was never sent"
        case "unexpected_continuation", "unexpected_challenge": "it asks for something out of turn"
        case "preauth": "it greets as if somebody were logged in already, which rules out TLS"
        default: ServerText(id).escaped
        }
    }
}

extension FindingWords {
    fileprivate static func mismatch(_ endpoint: Endpoint, side: String, what: String, text: ServerText?) -> Self {
        FindingWords(
            summary: "What answers at \(endpoint.host), port \(endpoint.port), does not keep to \(side): \(what).",
            detail: "Either this is another service's port, or something on the way answers in the server's place. "
                + "No password was sent after it.",
            serverText: text?.escaped,
            remedy: Remedy(
                who: .support,
                steps: [
                    "Check host and port with the provider.",
                    "Try from another network, without proxy, VPN or antivirus mail scanning.",
                ]))
    }
}

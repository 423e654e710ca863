import MailModel

/// What answers there does not speak the protocol, or breaks its limits.
struct ProtocolMismatchRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .violation(let what, let text) = failure, let endpoint = observation.endpoint else { return nil }
            if let text, observation.stage == .greeting, ForeignProtocol.isTLS(text) {
                return Finding(.wrongPort, confidence: 0.9, on: observation, .tlsSpoken(endpoint))
            }
            let id = Self.causes[what] ?? .protocolMismatch
            return Finding(
                id, confidence: 0.8, on: observation,
                .mismatch(endpoint, side: observation.side, what: Self.words(what, text, observation), text: text))
        }
    }

    /// What is more than a broken rule: somebody claims what he cannot know.
    private static let causes: [String: FindingID] = [
        "early_success": .forgedSuccess, "server_not_proven": .forgedSuccess, "early_reply": .unsolicitedReply,
    ]

    /// What a violation means, by the id that the session gave it.
    private static func words(_ id: String, _ text: ServerText?, _ observation: Observation) -> String {
        if observation.stage == .greeting, let name = text.flatMap(ForeignProtocol.name) {
            return "\(name) is spoken there"
        }
        switch id {
        case "bad_challenge": return "a challenge of the login is malformed"
        case "early_success": return "it calls the login a success before all of it was said"
        case "server_not_proven": return "it cannot prove that it knows the password, as it would have to"
        case "early_reply": return "a reply was there before the command"
        default: return grammar(id)
        }
    }

    private static func grammar(_ id: String) -> String {
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
    fileprivate static func tlsSpoken(_ endpoint: Endpoint) -> Self {
        FindingWords(
            summary: "Port \(endpoint.port) of \(endpoint.host) speaks TLS from the first octet.",
            detail: "What came in place of a greeting is the beginning of a TLS record.",
            remedy: Remedy(
                who: .support,
                steps: ["Use TLS on this port: --\(endpoint.service.rawValue) \(endpoint.host):\(endpoint.port)/tls"]))
    }

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

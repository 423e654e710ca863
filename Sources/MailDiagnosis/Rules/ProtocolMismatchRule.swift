import MailModel

/// What answers there does not speak the protocol, or breaks its limits.
struct ProtocolMismatchRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .violation(let what, let text) = failure, let endpoint = observation.endpoint else { return nil }
            let isTLS = what == .tlsRecord || text.map(ForeignProtocol.isTLS) == true
            if observation.stage == .greeting, isTLS {
                return Finding(.wrongPort, confidence: 0.9, on: observation, .tlsSpoken(endpoint))
            }
            let id = Self.causes[what] ?? .protocolMismatch
            return Finding(
                id, confidence: 0.8, on: observation,
                .mismatch(endpoint, side: observation.side, what: Self.words(what, text, observation), text: text))
        }
    }

    /// What is more than a broken rule: somebody claims what he cannot know, or speaks where he must not.
    private static let causes: [ProtocolViolation: FindingID] = [
        .earlySuccess: .forgedSuccess, .serverNotProven: .forgedSuccess, .earlyReply: .unsolicitedReply,
        .injectedPlaintext: .plaintextInjection,
    ]

    /// What a violation means.
    private static func words(
        _ violation: ProtocolViolation, _ text: ServerText?, _ observation: Observation
    ) -> String {
        if observation.stage == .greeting, let name = text.flatMap(ForeignProtocol.name) {
            return "\(name) is spoken there"
        }
        switch violation {
        case .badChallenge: return "a challenge of the login is malformed"
        case .earlySuccess: return "it calls the login a success before all of it was said"
        case .serverNotProven: return "it cannot prove that it knows the password, as it would have to"
        case .earlyReply: return "a reply was there before the command"
        case .injectedPlaintext: return "plaintext came around STARTTLS that no sound server sends"
        default: return grammar(violation)
        }
    }

    private static func grammar(_ violation: ProtocolViolation) -> String {
        switch violation {
        case .lineTooLong: "a line is longer than any server needs"
        case .replyTooLong: "a reply is longer than any server needs"
        case .literalTooLong: "a literal is longer than any server needs"
        case .tlsRecord: "it speaks TLS from the first octet"
        case .notSMTP: "its greeting is not SMTP"
        case .notIMAP: "its greeting is not IMAP"
        case .notIMAP4rev1: "it speaks neither IMAP4rev1 nor IMAP4rev2"
        case .malformedReply: "a reply is malformed"
        case .replyCodeMismatch: "the lines of one reply have different codes"
        case .unexpectedReply: "a reply does not fit the command"
        case .unknownTag: "a reply has a tag that was never sent"
        case .unexpectedContinuation, .unexpectedChallenge: "it asks for something out of turn"
        case .preauth: "it greets as if somebody were logged in already, which rules out TLS"
        default: ServerText(violation.rawValue).escaped
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

import MailModel

/// What answers there does not speak the protocol, or breaks its limits.
struct ProtocolMismatchRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .violation(let what, let text) = failure, let endpoint = observation.endpoint else { return nil }
            let isTLS = what == .tlsRecord || text.map(ForeignProtocol.isTLS) == true
            if what == .tlsRecord || observation.stage == .greeting && isTLS {
                return Finding(.wrongPort, confidence: 0.9, on: observation, .tlsSpoken(endpoint))
            }
            if what == .injectedPlaintext {
                return Finding(.plaintextInjection, confidence: 0.9, on: observation, .injected(endpoint, text))
            }
            if what == .notIMAP4rev1 {
                return Finding(.protocolMismatch, confidence: 0.9, on: observation, .oldIMAP(endpoint, text))
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
    fileprivate static func injected(_ endpoint: Endpoint, _ text: ServerText?) -> Self {
        FindingWords(
            summary:
                "An answer of \(endpoint.host) was there before its question: somebody put it into the connection.",
            detail: "It came in plaintext around STARTTLS, where anybody on the way can add to what a server says. The "
                + "connection was ended, and no password was sent.",
            serverText: text?.escaped,
            remedy: Remedy(
                who: .support,
                steps: [.compareNetworks, "Tell the server's operator if it happens everywhere."],
                links: ["https://www.usenix.org/conference/usenixsecurity21/presentation/poddebniak"]))
    }

    fileprivate static func oldIMAP(_ endpoint: Endpoint, _ text: ServerText?) -> Self {
        FindingWords(
            summary: "\(endpoint.host) speaks no version of IMAP that mail programs of today use.",
            detail: "Neither IMAP4rev1 nor IMAP4rev2 is among what it offers, and one of them must be (RFC 3501, RFC "
                + "9051). No login was tried.",
            serverText: text?.escaped,
            remedy: Remedy(
                who: .provider,
                steps: [
                    "Check host and port with the provider: this may be another service, or a very old server.",
                    "Ask the server's operator for a server with IMAP4rev1.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc9051"]))
    }

    fileprivate static func mismatch(_ endpoint: Endpoint, side: String, what: String, text: ServerText?) -> Self {
        FindingWords(
            summary: "What answers at \(endpoint.host), port \(endpoint.port), does not keep to \(side): \(what).",
            detail: "Either this is another service's port, or something on the way answers in the server's place. "
                + "No password was sent after it.",
            serverText: text?.escaped,
            remedy: Remedy(
                who: .support,
                steps: ["Check host and port with the provider.", .leaveInterference]))
    }
}

/// Tells by its first words what answers where mail was expected.
enum ForeignProtocol {
    /// Beginnings of a first line, and what speaks so. A controlling NUL or the like is shown as `\xNN`.
    private static let beginnings: [(String, String)] = [
        ("HTTP/", "HTTP"), ("<!DOCTYPE", "HTTP"), ("<html", "HTTP"), ("SSH-", "SSH"), ("+OK", "POP3"),
        ("-ERR", "POP3"), ("* OK", "IMAP"), ("* PREAUTH", "IMAP"), ("* BYE", "IMAP"), ("220", "SMTP or FTP"),
        ("421", "SMTP or FTP"), ("554", "SMTP"), ("RFB ", "VNC"), ("\\x16\\x03", "TLS"), ("\\x15\\x03", "TLS"),
        ("\"IMPLEMENTATION\"", "ManageSieve"), ("200 ", "NNTP"), ("201 ", "NNTP"),
    ]

    /// The protocol that a text belongs to.
    ///
    /// - Parameter text: The peer's first words.
    /// - Returns: Its name, nil when it is not known.
    static func name(_ text: ServerText) -> String? { name(text.escaped) }

    private static func name(_ escaped: String) -> String? { beginnings.first { escaped.hasPrefix($0.0) }?.1 }

    /// Whether the peer speaks TLS.
    ///
    /// - Parameter text: The peer's first words.
    /// - Returns: True for the beginning of a TLS record.
    static func isTLS(_ text: ServerText) -> Bool { isTLS(text.escaped) }

    /// Whether a text that is escaped already is the beginning of a TLS record.
    static func isTLS(_ escaped: String) -> Bool { name(escaped) == "TLS" }

    /// Whether the peer speaks the mail protocol in plaintext.
    ///
    /// - Parameters:
    ///   - text: The peer's first words.
    ///   - service: What is meant.
    /// - Returns: True for the greeting of such a server.
    static func isGreeting(_ text: ServerText, of service: MailService) -> Bool {
        let words = text.escaped
        switch service {
        case .smtp: return ["220", "421", "554"].contains { words.hasPrefix($0) }
        case .imap: return words.hasPrefix("* ")
        }
    }
}

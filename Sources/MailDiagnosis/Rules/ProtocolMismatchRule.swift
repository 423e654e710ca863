import MailModel

/// What answers there does not speak the protocol, or breaks its limits.
struct ProtocolMismatchRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.failures.compactMap { observation, failure in
            guard case .violation(let what, let text) = failure, let endpoint = observation.endpoint else { return nil }
            let isGreeting = observation.stage == .greeting
            if what == "tls_record" || isGreeting && text.map(ForeignProtocol.isTLS) == true {
                return Finding(.wrongPort, confidence: 0.9, on: observation, .tlsSpoken(endpoint))
            }
            if what == "injected_plaintext" {
                return Finding(.plaintextInjection, confidence: 0.9, on: observation, .injected(endpoint, text))
            }
            if what == "not_imap4rev1" {
                return Finding(.protocolMismatch, confidence: 0.9, on: observation, .oldIMAP(endpoint, text))
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

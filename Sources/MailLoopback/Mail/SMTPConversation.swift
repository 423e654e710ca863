import MailModel

/// An SMTP submission server (RFC 5321, RFC 6409) that answers in whatever order a client speaks.
struct SMTPConversation: PeerConversation {
    private let behaviour: MailBehaviour
    private let speaksTLS: Bool
    private var isEncrypted = false
    private var login = LoginReader()
    private var refusal: [String]?
    private var username: String?
    private var isInData = false

    /// - Parameters:
    ///   - behaviour: What it announces, knows and says.
    ///   - speaksTLS: Whether it has a certificate.
    init(_ behaviour: MailBehaviour, speaksTLS: Bool) {
        self.behaviour = behaviour
        self.speaksTLS = speaksTLS
    }

    mutating func opened(isEncrypted: Bool) -> [PeerAction] {
        self.isEncrypted = isEncrypted
        return say(behaviour.greeting)
    }

    mutating func encrypted() -> [PeerAction] {
        isEncrypted = true
        return []
    }

    mutating func received(_ line: [UInt8]) -> [PeerAction] {
        let text = String(decoding: line, as: UTF8.self)
        if isInData { return data(text) }
        if let refusal {
            self.refusal = nil
            return say(refusal)
        }
        let verb = text.prefix { $0 != " " }.uppercased()
        if login.isUnderWay || verb == "AUTH" { return authenticate(line) }
        switch verb {
        case "EHLO": return say(ehlo())
        case "HELO": return say(["250 hello"])
        case "STARTTLS": return startTLS()
        case "QUIT": return say(["221 2.0.0 Bye"]) + [.close]
        case "NOOP", "RSET": return say(["250 2.0.0 OK"])
        case "VRFY": return say(["252 2.1.5 Cannot verify"])
        case "MAIL", "RCPT", "DATA": return transaction(verb, text)
        default: return say(["502 5.5.2 Command not recognized"])
        }
    }

    private func say(_ lines: [String]) -> [PeerAction] { PeerReply.actions(lines) }

    private func ehlo() -> [String] {
        var words = ["hello"] + behaviour.capabilities
        if offersStartTLS { words.append("STARTTLS") }
        if takesLogin, !behaviour.mechanisms.isEmpty {
            words.append("AUTH " + behaviour.mechanisms.joined(separator: " "))
        }
        return words.enumerated().map { "250\($0 == words.count - 1 ? " " : "-")\($1)" }
    }

    private var offersStartTLS: Bool { speaksTLS && behaviour.offersStartTLS && !isEncrypted }

    private var takesLogin: Bool { isEncrypted || behaviour.allowsLoginInClear }

    private func startTLS() -> [PeerAction] {
        offersStartTLS ? say(["220 2.0.0 Ready to start TLS"]) + [.startTLS] : say(["502 5.5.1 STARTTLS not offered"])
    }

    private mutating func authenticate(_ line: [UInt8]) -> [PeerAction] {
        guard takesLogin else { return say(behaviour.reply("tls_required")) }
        if !login.isUnderWay, !isOffered(line) { return say(behaviour.reply("mechanism_unknown")) }
        switch login.feed(line) {
        case .prompt(let text): return say([text])
        case .quiet: return []
        case .attempt(let attempt): return finish(attempt)
        case .cancelled: return say(["501 5.7.0 Authentication cancelled"])
        case .notALogin, .malformed: return say(["501 5.5.2 Cannot decode response"])
        }
    }

    private func isOffered(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count >= 2 else { return false }
        let mechanism = String(decoding: words[1], as: UTF8.self).uppercased()
        return behaviour.mechanisms.contains(mechanism) && SASLServer.mechanisms.contains(mechanism)
    }

    private mutating func finish(_ attempt: LoginAttempt) -> [PeerAction] {
        let reply = behaviour.reply(behaviour.outcome(of: attempt))
        let isAccepted = PeerReply.finalLine(reply)?.hasPrefix("2") == true
        username = isAccepted ? attempt.username : nil
        let note = PeerAction.noteLogin(
            PeerLogin(
                username: attempt.username, mechanism: attempt.mechanism, isEncrypted: isEncrypted,
                isAccepted: isAccepted))
        guard !isAccepted, let challenge = PeerReply.bearerRefusal(attempt.mechanism) else {
            return [note] + say(reply)
        }
        // The client answers the error challenge before the refusal itself comes (RFC 7628, section 3.2.3).
        refusal = reply
        return [note] + say(["334 " + challenge])
    }

    private mutating func transaction(_ verb: String, _ text: String) -> [PeerAction] {
        guard let username else { return say(["530 5.7.0 Authentication required"]) }
        if verb == "DATA" {
            isInData = true
            return say(["354 End data with <CR><LF>.<CR><LF>"])
        }
        let isOwn = text.lowercased().contains("<\(username.lowercased())>")
        if verb == "MAIL", !isOwn, let reply = behaviour.replies["sender_refused"] { return say(reply) }
        return say(behaviour.replies[verb.lowercased()] ?? ["250 2.1.0 OK"])
    }

    private mutating func data(_ text: String) -> [PeerAction] {
        guard text == "." else { return [] }
        isInData = false
        return say(behaviour.replies["data"] ?? ["250 2.0.0 OK queued"])
    }
}

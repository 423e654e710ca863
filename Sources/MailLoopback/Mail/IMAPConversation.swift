import MailModel

/// An IMAP server (RFC 9051) that answers in whatever order a client speaks.
struct IMAPConversation: PeerConversation {
    private let behaviour: MailBehaviour
    private let speaksTLS: Bool
    private var isEncrypted = false
    private var login = LoginReader()
    private var tag = "*"
    private var refusal: [String]?
    private var isLoggedIn = false

    /// - Parameters:
    ///   - behaviour: What it announces, knows and says.
    ///   - speaksTLS: Whether it has a certificate.
    init(_ behaviour: MailBehaviour, speaksTLS: Bool) {
        self.behaviour = behaviour
        self.speaksTLS = speaksTLS
    }

    mutating func opened(isEncrypted: Bool) -> [PeerAction] {
        self.isEncrypted = isEncrypted
        return PeerReply.actions(behaviour.greeting)
    }

    mutating func encrypted() -> [PeerAction] {
        isEncrypted = true
        return []
    }

    mutating func received(_ line: [UInt8]) -> [PeerAction] {
        if let refusal {
            self.refusal = nil
            return say(refusal)
        }
        if login.isUnderWay { return authenticate(line) }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard words.count >= 2 else { return PeerReply.actions(["* BAD no command"]) }
        tag = String(words[0])
        switch words[1].uppercased() {
        case "CAPABILITY": return say(["* CAPABILITY " + capabilities, "OK done"])
        case "NOOP": return say(["OK done"])
        case "ID": return say(["* ID (\"name\" \"loopback\")", "OK done"])
        case "LOGOUT": return say(["* BYE logging out", "OK done"]) + [.close]
        case "STARTTLS": return startTLS()
        case "LOGIN", "AUTHENTICATE": return authenticate(line)
        default: return afterLogin(words[1].uppercased(), words.count > 2 ? words[2] : "")
        }
    }

    /// Untagged lines as they are, every other with the tag of the command.
    private func say(_ lines: [String]) -> [PeerAction] {
        PeerReply.actions(lines.map { $0.hasPrefix("* ") || $0.hasPrefix("! ") ? $0 : "\(tag) \($0)" })
    }

    private var capabilities: String {
        var words = behaviour.capabilities
        if offersStartTLS { words.append("STARTTLS") }
        if takesLogin { words += behaviour.mechanisms.filter { $0 != "LOGIN" }.map { "AUTH=" + $0 } }
        if !takesLogin || !behaviour.mechanisms.contains("LOGIN") { words.append("LOGINDISABLED") }
        return words.joined(separator: " ")
    }

    private var offersStartTLS: Bool { speaksTLS && behaviour.offersStartTLS && !isEncrypted }

    private var takesLogin: Bool { isEncrypted || behaviour.allowsLoginInClear }

    private func startTLS() -> [PeerAction] {
        offersStartTLS ? say(["OK begin TLS now"]) + [.startTLS] : say(["BAD STARTTLS not offered"])
    }

    private mutating func authenticate(_ line: [UInt8]) -> [PeerAction] {
        guard takesLogin else { return say(behaviour.reply("tls_required")) }
        if !login.isUnderWay, !isOffered(line) { return say(behaviour.reply("mechanism_unknown")) }
        switch login.feed(line) {
        case .prompt(let text): return PeerReply.actions([text])
        case .quiet: return []
        case .attempt(let attempt): return finish(attempt)
        case .cancelled: return say(["BAD cancelled"])
        case .notALogin, .malformed: return say(["BAD cannot read the login"])
        }
    }

    private func isOffered(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self).uppercased() }
        guard words.count >= 3 else { return false }
        return behaviour.mechanisms.contains(words[1] == "LOGIN" ? "LOGIN" : words[2])
    }

    private mutating func finish(_ attempt: LoginAttempt) -> [PeerAction] {
        let reply = behaviour.reply(behaviour.outcome(of: attempt))
        isLoggedIn = PeerReply.finalLine(reply)?.hasPrefix("OK") == true
        let note = PeerAction.noteLogin(
            PeerLogin(
                username: attempt.username, mechanism: attempt.mechanism, isEncrypted: isEncrypted,
                isAccepted: isLoggedIn))
        guard !isLoggedIn, let challenge = PeerReply.bearerRefusal(attempt.mechanism) else {
            return [note] + say(reply)
        }
        // The client answers the error challenge before the refusal itself comes (RFC 7628, section 3.2.3).
        refusal = reply
        return [note] + PeerReply.actions(["+ " + challenge])
    }

    private func afterLogin(_ name: String, _ arguments: Substring) -> [PeerAction] {
        guard isLoggedIn else { return say(["BAD log in first"]) }
        if let reply = behaviour.replies[name.lowercased()] { return say(reply) }
        switch name {
        case "LIST", "LSUB":
            return say(behaviour.mailboxes.map { "* \(name) (\\HasNoChildren) \"/\" \"\($0)\"" } + ["OK done"])
        case "NAMESPACE": return say(["* NAMESPACE ((\"\" \"/\")) NIL NIL", "OK done"])
        case "SELECT", "EXAMINE": return open(arguments)
        case "STATUS": return say(["* STATUS INBOX (MESSAGES 2 UNSEEN 1)", "OK done"])
        case "FETCH": return say(["* 1 FETCH (INTERNALDATE \"02-Feb-2024 09:30:00 +0000\")", "OK done"])
        case "GETQUOTAROOT":
            return say(["* QUOTAROOT INBOX \"\"", "* QUOTA \"\" (STORAGE 1024 1048576)", "OK done"])
        case "CLOSE", "UNSELECT", "ENABLE", "CHECK": return say(["OK done"])
        default: return say(["BAD command not known"])
        }
    }

    private func open(_ arguments: Substring) -> [PeerAction] {
        let name = arguments.filter { $0 != "\"" }
        guard behaviour.mailboxes.contains(where: { $0.caseInsensitiveMatches(name) }) else {
            return say(["NO [NONEXISTENT] no such mailbox"])
        }
        return say([
            "* 2 EXISTS", "* 0 RECENT", "* FLAGS (\\Seen \\Answered \\Deleted)",
            "* OK [UIDVALIDITY 1] valid", "* OK [UIDNEXT 3] next", "OK [READ-ONLY] done",
        ])
    }
}

extension String {
    fileprivate func caseInsensitiveMatches(_ other: String) -> Bool { lowercased() == other.lowercased() }
}

import MailModel

/// The server wants a person to read something (IMAP `ALERT`, RFC 9051, section 7.1). It is quoted, and any address in it
/// is text only.
struct ServerAlertRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .capabilities(let facts)? = observation.facts, let alert = facts.alerts.first else { return nil }
            return Finding(
                .serverAlert, severity: .info, confidence: 0.9, on: observation, .alert(observation.place, alert))
        }
    }
}

extension FindingWords {
    fileprivate static func alert(_ place: String, _ text: ServerText) -> Self {
        FindingWords(
            summary: "\(place) wants this to be read: \(text.escaped)",
            detail: "It came before the login. Take an address in it for what it is: text from a server.",
            serverText: text.escaped,
            remedy: Remedy(
                who: .user, steps: ["Read it; ask the provider through its own site if it asks for anything."]))
    }
}

/// A server names another one to go to (RFC 2221). The name is told; nobody went there, and nobody looked it up.
struct ReferralRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.flatMap { observation in
            Self.replies(observation).filter(Self.isReferral).map { reply, endedIt in
                endedIt
                    ? Finding(
                        .wrongHost, confidence: 0.8, on: observation,
                        .referred(observation.place, observation.service, reply))
                    : Finding(
                        .referralOffered, severity: .warning, confidence: 0.9, on: observation,
                        .referred(observation.place, observation.service, reply))
            }
        }
    }

    /// Whether a reply sends elsewhere.
    static func isReferral(_ reply: ServerReply) -> Bool { reply.responseCode == "REFERRAL" }

    private static func isReferral(_ entry: (ServerReply, Bool)) -> Bool { isReferral(entry.0) }

    /// The replies of an observation, and whether it ended with them.
    private static func replies(_ observation: Observation) -> [(ServerReply, Bool)] {
        var replies: [(ServerReply, Bool)] = []
        if case .failed(.rejected(let reply)) = observation.outcome { replies.append((reply, true)) }
        switch observation.facts {
        case .connection(let facts): replies += [facts.greeting].compactMap { $0 }.map { ($0, false) }
        case .login(let facts) where observation.outcome == .observed: replies.append((facts.reply, false))
        case .mailbox(let facts): replies += [facts.inboxRefusal].compactMap { $0 }.map { ($0, false) }
        default: break
        }
        return replies
    }
}

extension FindingWords {
    fileprivate static func referred(_ place: String, _ service: MailService?, _ reply: ServerReply) -> Self {
        FindingWords(
            summary: "\(place) sends clients to another server; nobody went there.",
            detail: "A name that a server hands out is told and never followed: an attacker could have put it there.",
            serverText: reply.quoted,
            remedy: Remedy(
                who: .user,
                steps: [
                    "Ask the provider whether the mailbox has moved to the server named in the reply; only then use it.",
                    .nameEndpoint(service),
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc2221"]))
    }
}

/// The server's text holds control characters, which could move a cursor or hide a line. They are shown escaped.
struct ControlCharacterRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard let text = Self.texts(observation).first(where: Self.holdsControls), !ForeignProtocol.isTLS(text)
            else { return nil }
            return Finding(
                .controlCharacters, severity: .info, confidence: 0.9, on: observation,
                .controls(observation.place, text))
        }
    }

    /// Controls are written as `\x00` to `\x1F` and `\x7F`; other octets that are no UTF-8 are common and harmless.
    private static func holdsControls(_ text: String) -> Bool {
        text.split(separator: "\\x").dropFirst(text.hasPrefix("\\x") ? 0 : 1).contains { part in
            guard let code = UInt8(part.prefix(2), radix: 16) else { return false }
            return code < 0x20 || code == 0x7F
        }
    }

    private static func texts(_ observation: Observation) -> [String] {
        var texts: [String] = []
        switch observation.outcome {
        case .failed(.rejected(let reply)): texts.append(reply.quoted)
        case .failed(.violation(_, let text)): texts += [text?.escaped].compactMap { $0 }
        case .failed(.closed(_, let words)): texts += [words?.escaped].compactMap { $0 }
        default: break
        }
        switch observation.facts {
        case .connection(let facts): texts += [facts.greeting?.quoted].compactMap { $0 }
        case .capabilities(let facts):
            texts += ((facts.beforeTLS ?? []) + (facts.onLoginChannel ?? []) + facts.alerts).map(\.escaped)
        case .login(let facts): texts += [facts.reply.quoted] + [facts.oauthError?.escaped].compactMap { $0 }
        case .mailbox(let facts):
            texts += facts.specialUse.values.map(\.escaped) + [facts.inboxRefusal?.quoted].compactMap { $0 }
        default: break
        }
        return texts
    }
}

extension FindingWords {
    fileprivate static func controls(_ place: String, _ text: String) -> Self {
        FindingWords(
            summary: "\(place) sends control characters in its text.",
            detail: "They are shown escaped and were not acted on. No sound server needs them.",
            serverText: text,
            remedy: Remedy(who: .support, steps: ["Tell the server's operator, or compare with another network."]))
    }
}

import MailModel
import ProviderCatalog

/// The server said no: its reply is looked up in the catalogue of signatures; an unknown one is quoted, never guessed at.
struct ReplyRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard let reply = Self.refusal(observation), !ReferralRule.isReferral(reply) else { return nil }
            let matches = input.signatures.matches(
                reply: reply, service: observation.service, stage: observation.stage, provider: input.providerID)
            if let refusal = TokenRefusal(observation, reply, best: matches.first?.signature.finding) {
                return refusal.finding
            }
            let judged = JudgedReply(
                reply: reply, service: observation.service, stage: observation.stage, place: observation.place,
                evidence: [observation.id.description])
            return matches.first.map(judged.known) ?? judged.unknown
        }
    }

    private static func refusal(_ observation: Observation) -> ServerReply? {
        if case .failed(.rejected(let reply)) = observation.outcome { return reply }
        if case .mailbox(let facts)? = observation.facts { return facts.inboxRefusal }
        return nil
    }
}

/// A reply with as much of its surroundings as is known: a check knows them all, a pasted text often none.
struct JudgedReply {
    /// What was said; nil for words of a program, which no server said.
    var reply: ServerReply?
    /// The side, where it shows.
    var service: MailService?
    /// The stage, where it shows.
    var stage: Stage?
    /// Who said it, for a sentence; nil where that is not known.
    var place: String?
    /// What it stands in.
    var evidence: [String]

    /// The finding for a reply that a signature knows.
    func known(_ match: SignatureMatch) -> Finding {
        match.finding(
            for: reply, service: service, stage: stage, evidence: evidence + ["signature:\(match.signature.id)"])
    }

    /// The finding for a reply that nothing fits: quoted, with what the class of its code says.
    var unknown: Finding {
        let words = stage.map { " at the stage \"\($0.rawValue)\"" } ?? ""
        return Finding(
            id: .unknownReply, severity: .error, confidence: 0.5, service: service, stage: stage,
            summary: "\(place ?? "The server") refused\(words) with words that are not in the catalogue.",
            detail: meaning, serverText: reply?.quoted, evidence: evidence,
            remedy: Remedy(
                who: .support,
                steps: [
                    "Ask the provider what its reply means; it is quoted above.",
                    "Report the reply, so that it can be added to the catalogue.",
                ]),
            retry: codeClass == 4 ? .afterSeconds(300) : .no)
    }

    /// The first digit of the code, or of the enhanced code where that is all there is.
    private var codeClass: Int? {
        reply?.code.map { $0 / 100 } ?? reply?.enhancedCode?.first?.wholeNumberValue
    }

    /// What the class of a code says by itself (RFC 5321, section 4.2.1; RFC 9051, section 7.1).
    private var meaning: String {
        switch codeClass {
        case 4: return "A code that begins with 4 is a temporary refusal."
        case 5: return "A code that begins with 5 is a refusal for good."
        default: break
        }
        switch reply?.status {
        case "NO": return "NO means that the server understood and declines."
        case "BAD": return "BAD means that the server did not understand the command."
        case "BYE": return "BYE means that the server ends the session."
        default: return "The reply fits no class."
        }
    }
}

/// A login by access token was refused in words that fit a password: the remedy is another one.
struct TokenRefusal {
    let finding: Finding

    /// nil unless a token was sent and the reply blames the credentials, or nothing in particular.
    init?(_ observation: Observation, _ reply: ServerReply, best: FindingID?) {
        guard case .login(let facts)? = observation.facts, facts.usesAccessToken,
            best == nil || best == .badCredentials || best == .unknownReply
        else { return nil }
        finding = Finding(
            .badCredentials, confidence: 0.85, on: observation,
            .token(observation.place, reply, oauthError: facts.oauthError))
    }
}

extension FindingWords {
    fileprivate static func token(_ place: String, _ reply: ServerReply, oauthError: ServerText?) -> Self {
        FindingWords(
            summary: "The access token was refused by \(place).",
            detail: oauthError.map { "The server's reason: \($0.escaped)" }
                ?? "The server gave no reason: the token has expired, or is for another account or scope.",
            serverText: reply.quoted,
            remedy: Remedy(
                who: .user,
                steps: [
                    "Get a new access token; most are valid for an hour.",
                    "Check that it was issued for this mailbox and for the mail scopes of SMTP and IMAP.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc7628"]))
    }
}

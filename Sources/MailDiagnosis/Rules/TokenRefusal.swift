import MailModel

/// A login by access token was refused in words that fit a password: the remedy is another one.
struct TokenRefusal {
    let finding: Finding

    /// nil unless a token was sent and the reply blames the credentials, or nothing in particular.
    init?(_ observation: Observation, _ reply: ServerReply, best: FindingID?) {
        guard case .login(let facts)? = observation.facts, ["XOAUTH2", "OAUTHBEARER"].contains(facts.mechanism),
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

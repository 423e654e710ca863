import MailModel

/// A server names another one to go to (RFC 2221). The name is told; nobody went there, and nobody looked it up.
struct ReferralRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.flatMap { observation in
            Self.replies(observation).filter(Self.isReferral).map { reply, endedIt in
                endedIt
                    ? Finding(.wrongHost, confidence: 0.8, on: observation, .referred(observation.place, reply))
                    : Finding(
                        .referralOffered, severity: .warning, confidence: 0.9, on: observation,
                        .referred(observation.place, reply))
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
    fileprivate static func referred(_ place: String, _ reply: ServerReply) -> Self {
        FindingWords(
            summary: "\(place) sends clients to another server; nobody went there.",
            detail: "A name that a server hands out is told and never followed: an attacker could have put it there.",
            serverText: reply.quoted,
            remedy: Remedy(
                who: .user,
                steps: [
                    "Ask the provider whether the mailbox has moved to the server named in the reply.",
                    "If so, name it yourself with --imap HOST:PORT.",
                ],
                links: ["https://www.rfc-editor.org/rfc/rfc2221"]))
    }
}

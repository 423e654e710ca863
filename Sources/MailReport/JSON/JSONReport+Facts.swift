import MailModel

/// The facts of a check. `kind` names the case; the other keys are its fields.
extension JSONReport {
    static func facts(_ facts: CheckFacts) -> JSONValue {
        switch facts {
        case .dns(let response): ["kind": .text("dns"), "lookup": lookup(response)]
        case .connection(let facts): connection(facts)
        case .tls(let facts): tls(facts)
        case .capabilities(let facts): capabilities(facts)
        case .login(let facts): login(facts)
        case .mailbox(let facts): mailbox(facts)
        case .alternatives(let facts): alternatives(facts)
        case .spf(let facts): spf(facts)
        case .dmarc(let facts): dmarc(facts)
        case .dkim(let facts): dkim(facts)
        case .mtaSTS(let facts): mtaSTS(facts)
        case .tlsRPT(let facts): tlsRPT(facts)
        case .delivery(let facts): delivery(facts)
        case .control(let facts): control(facts)
        }
    }

    private static func control(_ facts: ControlFacts) -> JSONValue {
        let attempts = facts.attempts.map { attempt -> JSONValue in
            [
                "host": .text(attempt.host), "port": .integer(attempt.port),
                "outcome": .text(attempt.outcome.rawValue),
            ]
        }
        return ["kind": .text("control"), "attempts": .list(attempts)]
    }

    private static func connection(_ facts: ConnectionFacts) -> JSONValue {
        [
            "kind": .text("connection"),
            "lookups": .list(facts.lookups.map(lookup)),
            "attempts": .list(facts.attempts.map(attempt)),
            "greeting": facts.greeting.map(reply) ?? .null,
        ]
    }

    static func attempt(_ attempt: ConnectionAttempt) -> JSONValue {
        [
            "address": .text(attempt.address),
            "outcome": .text(attempt.outcome.rawValue),
            "detail": .optional(attempt.detail),
            "duration_ms": JSONTime.milliseconds(attempt.duration),
        ]
    }

    private static func capabilities(_ facts: CapabilityFacts) -> JSONValue {
        [
            "kind": .text("capabilities"),
            "before_tls": facts.beforeTLS.map(lines) ?? .null,
            "on_login_channel": facts.onLoginChannel.map(lines) ?? .null,
            "mechanisms": .texts(facts.mechanisms),
            "implementation": .optional(facts.implementation?.escaped),
            "alerts": .texts(facts.alerts.map(\.escaped)),
            "unsolicited": .integer(facts.unsolicited),
        ]
    }

    private static func lines(_ texts: [ServerText]) -> JSONValue { .texts(texts.map(\.escaped)) }

    private static func login(_ facts: LoginFacts) -> JSONValue {
        [
            "kind": .text("login"),
            "mechanism": .text(facts.mechanism),
            "username": .text(facts.username),
            "reply": reply(facts.reply),
            "oauth_error": .optional(facts.oauthError?.escaped),
            "refused_usernames": .texts(facts.refusedUsernames),
        ]
    }

    static func reply(_ reply: ServerReply) -> JSONValue {
        [
            "code": .optional(reply.code),
            "enhanced_code": .optional(reply.enhancedCode),
            "status": .optional(reply.status),
            "response_code": .optional(reply.responseCode),
            "text": .text(reply.text.escaped),
        ]
    }
}

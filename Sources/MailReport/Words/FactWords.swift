import MailModel

/// What a check saw, in a few words.
enum FactWords {
    static func summary(of observation: Observation) -> String {
        switch observation.facts {
        case .dns(let response): DNSWords.summary(of: response)
        case .connection(let facts): connection(facts, to: observation.endpoint)
        case .tls(let facts): tls(facts)
        case .capabilities(let facts): capabilities(facts)
        case .login(let facts): "\(facts.mechanism) as \(facts.username)"
        case .mailbox(let facts): mailbox(facts)
        case .alternatives(let facts): alternatives(facts)
        case .spf(let facts): PolicyWords.spf(facts)
        case .dmarc(let facts): PolicyWords.dmarc(facts)
        case .dkim(let facts): PolicyWords.dkim(facts)
        case .mtaSTS(let facts): PolicyWords.mtaSTS(facts)
        case .tlsRPT(let facts): PolicyWords.tlsRPT(facts)
        case .delivery(let facts): PolicyWords.delivery(facts)
        case .control(let facts): control(facts)
        case nil: observation.endpoint.map { "done at \($0)" } ?? "done"
        }
    }

    private static func connection(_ facts: ConnectionFacts, to endpoint: Endpoint?) -> String {
        let place = endpoint?.description ?? "endpoint not known"
        return facts.connectedAddress.map { $0 == endpoint?.host ? place : "\(place) at \($0)" } ?? place
    }

    private static func tls(_ facts: TLSFacts) -> String {
        var parts = [facts.version.description]
        if let own = facts.certificates.first {
            parts.append("certificate valid until \(TimeWords.day(own.notAfter))")
        } else {
            parts.append("no certificate")
        }
        if !facts.hostNameMatches { parts.append("not for \(facts.serverName)") }
        if case .rejected(let code, let reason) = facts.chain { parts.append("\(reason) (\(code))") }
        if facts.discardedPlaintext > 0 { parts.append("\(facts.discardedPlaintext) octets of plaintext thrown away") }
        return parts.joined(separator: ", ")
    }

    private static func capabilities(_ facts: CapabilityFacts) -> String {
        if !facts.mechanisms.isEmpty { return "logins offered: \(DNSWords.list(facts.mechanisms, atMost: 6))" }
        return facts.onLoginChannel == nil ? "not asked" : "no login offered"
    }

    private static func mailbox(_ facts: MailboxFacts) -> String {
        var parts: [String] = []
        if let refusal = facts.inboxRefusal {
            parts.append("INBOX not opened: \(refusal.quoted)")
        } else {
            parts.append(facts.inboxMessages.map { "INBOX: \($0) messages" } ?? "INBOX: number of messages not known")
        }
        if let oldest = facts.inboxOldest { parts.append("the first of \(TimeWords.day(oldest))") }
        if let sent = facts.sentMessages { parts.append("\(sent) sent") }
        if let count = facts.mailboxCount { parts.append("\(count) mailboxes") }
        return parts.joined(separator: ", ")
    }

    private static func control(_ facts: ControlFacts) -> String {
        let words = facts.attempts.map { "\($0.host), port \($0.port), \(FailureWords.word(for: $0.outcome))" }
        return DNSWords.list(words, atMost: 4)
    }

    private static func alternatives(_ facts: AlternativesFacts) -> String {
        let words = facts.tried.map { tried in
            "\(tried.endpoint): \(tried.failure.map(FailureWords.summary(of:)) ?? "a login is possible there")"
        }
        return DNSWords.list(words, atMost: 4)
    }
}

import MailModel

/// Plaintext came between the go-ahead for STARTTLS and the handshake. They were thrown away; it is told anyway.
struct InjectionRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .tls(let facts)? = observation.facts, facts.discardedPlaintext > 0 else { return nil }
            return Finding(
                .plaintextInjection, severity: .warning, confidence: 0.9, on: observation,
                .injected(facts.discardedPlaintext, at: facts.serverName))
        }
    }
}

extension FindingWords {
    fileprivate static func injected(_ count: Int, at host: String) -> Self {
        FindingWords(
            summary: "\(count) octets of plaintext came around STARTTLS from \(host); they were thrown away.",
            detail: "A sound server says nothing between its go-ahead and the TLS handshake. "
                + "This is how an attacker on the way tries to slip in answers of his own.",
            remedy: Remedy(
                who: .support,
                steps: [.compareNetworks, "Tell the server's operator if it happens everywhere."],
                links: ["https://www.usenix.org/conference/usenixsecurity21/presentation/poddebniak"]))
    }
}

/// Responses came before the login that nobody had asked for. They were not believed; it is told anyway.
struct UnsolicitedReplyRule: DiagnosisRule {
    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .capabilities(let facts)? = observation.facts, facts.unsolicited > 0 else { return nil }
            return Finding(
                .unsolicitedReply, severity: .warning, confidence: 0.8, on: observation,
                .unsolicited(facts.unsolicited, at: observation.place))
        }
    }
}

extension FindingWords {
    fileprivate static func unsolicited(_ count: Int, at place: String) -> Self {
        FindingWords(
            summary: "\(place) sent data about a mailbox before any login (\(count) responses); it was thrown away.",
            detail: "A sound server says nothing about mailboxes before it knows who asks. "
                + "This is how an attacker on the way plants messages and folders of his own.",
            remedy: Remedy(
                who: .support,
                steps: [.compareNetworks, "Tell the server's operator if it happens everywhere."],
                links: ["https://www.usenix.org/conference/usenixsecurity21/presentation/poddebniak"]))
    }
}

/// What was offered in plaintext is not offered over TLS any more: somebody on the way may have added it, or the server has
/// less to offer to those who come over TLS. What was said in plaintext is never acted on.
struct CapabilityChangeRule: DiagnosisRule {
    /// What rightly goes away once TLS is in place, or changes its form there.
    private static let expected: Set<String> = ["STARTTLS", "LOGINDISABLED", "AUTH", "SIZE", "LIMITS", "XCLIENT"]

    func findings(in input: DiagnosisInput) -> [Finding] {
        input.observations.compactMap { observation in
            guard case .capabilities(let facts)? = observation.facts, let clear = facts.beforeTLS,
                let secured = facts.onLoginChannel
            else { return nil }
            let after = Set(secured.map(Self.keyword))
            let gone = clear.map(Self.keyword).filter { !Self.expected.contains($0) && !after.contains($0) }
            let weaker = Self.mechanisms(clear).subtracting(facts.mechanisms.map { $0.uppercased() })
            let again = after.contains("STARTTLS") ? ["STARTTLS over TLS"] : []
            let told = Array(Set(gone + weaker.map { "AUTH \($0)" })).sorted() + again
            guard !told.isEmpty else { return nil }
            return Finding(
                .capabilitiesChanged, severity: .info, confidence: 0.6, on: observation,
                .changed(observation.place, told))
        }
    }

    private static func keyword(_ line: ServerText) -> String {
        let first = line.escaped.split(separator: " ").first.map { $0.uppercased() } ?? ""
        return first.hasPrefix("AUTH=") ? "AUTH" : first
    }

    /// The mechanisms in capability lines: `AUTH PLAIN LOGIN`, `AUTH=PLAIN`.
    private static func mechanisms(_ lines: [ServerText]) -> Set<String> {
        Set(
            lines.flatMap { line -> [String] in
                let upper = line.escaped.uppercased()
                guard upper.hasPrefix("AUTH ") || upper.hasPrefix("AUTH=") else { return [] }
                return upper.dropFirst(5).split(separator: " ").map(String.init)
            })
    }
}

extension FindingWords {
    fileprivate static func changed(_ place: String, _ what: [String]) -> Self {
        FindingWords(
            summary: "\(place) offers other things over TLS than in plaintext: "
                + "\(ServerText(what.prefix(6).joined(separator: ", ")).escaped).",
            detail: "Only what is offered over TLS was acted on. Plaintext can be changed on the way.",
            remedy: Remedy(
                who: .support,
                steps: ["Compare with another network; if it differs, this one tampers with mail."]))
    }
}

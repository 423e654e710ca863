import MailModel

/// What the records of the sending domain, and a test message, came to, in a few words.
enum PolicyWords {
    static func spf(_ facts: SPFFacts) -> String {
        guard facts.recordCount == 1 else {
            return facts.recordCount == 0 ? "no SPF record" : "\(facts.recordCount) SPF records"
        }
        var parts = ["\(facts.lookupCount) of 10 look-ups"]
        if let all = facts.allQualifier { parts.append("ends in \(all)all") }
        if let includes = facts.includesProvider {
            parts.append(includes ? "allows the provider's servers" : "does not name the provider's servers")
        }
        if let error = facts.permanentError {
            parts.append("permerror (\(error.kind.rawValue.replacing("_", with: " ")) at \(error.name))")
        }
        if !facts.withMacros.isEmpty { parts.append("\(facts.withMacros.count) with macros, not asked") }
        if !facts.problems.isEmpty { parts.append(DNSWords.list(facts.problems, atMost: 2)) }
        return parts.joined(separator: ", ")
    }

    static func dmarc(_ facts: DMARCFacts) -> String {
        guard facts.recordCount == 1 else {
            return facts.recordCount == 0 ? "no DMARC record" : "\(facts.recordCount) DMARC records"
        }
        let policy = facts.policy.map { "p=\($0)" } ?? "no policy that counts"
        return facts.organizationalLookup.map { "\(policy), of \($0.name)" } ?? policy
    }

    static func dkim(_ facts: DKIMFacts) -> String {
        let words = facts.selectors.map { "\($0.name): \($0.state.rawValue.replacing("_", with: " "))" }
        return words.isEmpty ? "no selector is known" : DNSWords.list(words, atMost: 4)
    }

    static func mtaSTS(_ facts: MTASTSFacts) -> String {
        if let problem = facts.problem { return "no policy: \(problem.rawValue.replacing("_", with: " "))" }
        guard facts.recordCount > 0 else { return "no MTA-STS record" }
        guard let policy = facts.policy else { return "announced, not asked for" }
        let days = "mode \(policy.mode.rawValue), kept for \(policy.maximumAge / 86_400) days"
        return facts.uncovered.isEmpty ? days : "\(days), leaves out \(DNSWords.list(facts.uncovered, atMost: 2))"
    }

    static func tlsRPT(_ facts: TLSRPTFacts) -> String {
        if let problem = facts.problem { return "of no use: \(problem.rawValue.replacing("_", with: " "))" }
        return facts.recordCount == 0 ? "no TLS-RPT record" : "reports to \(facts.addressCount) addresses"
    }

    static func delivery(_ facts: DeliveryFacts) -> String {
        guard let place = facts.arrivedIn else { return "sent, and not seen in time" }
        let methods = facts.methods.map { "\($0.name) \($0.result)" }
        return (["seen in \(place)"] + methods).joined(separator: ", ")
    }
}

internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// What one server said that was tried without credentials. Pure.
struct Probe: Sendable {
    let endpoint: Endpoint
    /// Whether it led a whole dialogue and offers a login, trusted or not.
    let answered: Bool
    /// Whether a connection was made at all.
    let connected: Bool
    /// Whether its name has no address.
    let hasNoAddress: Bool
    let tls: TLSFacts?
    let outcome: EvidenceOutcome
    /// The ledger's lines: one, or one for each provider that it gives away.
    let evidence: [Evidence]

    init(_ trace: EndpointTrace, duration: Duration, catalog: Catalog) {
        endpoint = trace.endpoint
        tls = trace.tls
        connected = trace.connection.connectedAddress != nil
        let isTrusted = trace.tls.flatMap { VerifiedChannel($0) } != nil
        let speaks = trace.record.capabilities != nil && !trace.record.mechanisms.isEmpty
        answered = trace.failure == nil && speaks
        var missing = false
        if case .noAddress? = trace.failure?.failure { missing = true }
        hasNoAddress = missing
        let (outcome, words) = Self.ending(trace, isTrusted: isTrusted, speaks: speaks)
        self.outcome = outcome
        let line = Evidence(
            source: .probe, kind: .server, query: "\(endpoint.service.rawValue) \(endpoint)", outcome: outcome,
            detail: ServerText(words).escaped, weight: outcome == .found ? catalog.weights[.probe] : 0,
            duration: duration)
        evidence = answered ? Self.naming(line, trace, catalog) : [line]
    }

    /// How it ended, and in words.
    private static func ending(
        _ trace: EndpointTrace, isTrusted: Bool, speaks: Bool
    ) -> (EvidenceOutcome, String) {
        switch trace.failure?.failure {
        case .noAddress(let lookups)?:
            return (lookups.contains { $0.outcome == .timedOut } ? .timedOut : .none, "no address")
        case .notConnected(let attempts)? where attempts.allSatisfy({ $0.outcome != .timedOut }):
            return (.none, "no connection")
        case .timedOut?, .notConnected?: return (.timedOut, "no answer")
        case .ourLimit?: return (.notAsked, "this machine had no socket left")
        case .some: return (.broken, "no usable dialogue")
        case nil: break
        }
        guard speaks else { return (.none, "no login") }
        let offers = "logins offered: \(trace.record.mechanisms.prefix(6).joined(separator: " "))"
        return isTrusted ? (.found, offers) : (.notTrusted, offers + "; " + distrust(trace.tls))
    }

    private static func distrust(_ tls: TLSFacts?) -> String {
        guard let tls, tls.chain == .trusted else { return "the certificate is not to be trusted" }
        let names = tls.certificates.first?.dnsNames.prefix(3).joined(separator: ", ") ?? ""
        return "the certificate is for \(names.isEmpty ? "somebody else" : names)"
    }

    /// Adds whose server it is, when its certificate or its greeting says so over a chain that can be trusted. A certificate
    /// that is good for the domain's own name says nothing by the other names in it.
    private static func naming(_ line: Evidence, _ trace: EndpointTrace, _ catalog: Catalog) -> [Evidence] {
        guard let tls = trace.tls, tls.chain == .trusted else { return [line] }
        var line = line
        line.outcome = .found
        let names = tls.certificates.first?.dnsNames.map { $0.hasPrefix("*.") ? String($0.dropFirst(2)) : $0 } ?? []
        let owners = names.flatMap { catalog.profiles(.certificate, $0) + catalog.profiles(.server, $0) }
        if let owner = owners.first, !tls.hostNameMatches {
            return line.pointing(to: [owner], weight: catalog.weights[.certificate])
        }
        let greeting = trace.record.greeting.map { "\($0.code ?? 0) \($0.text.escaped)".lowercased() } ?? ""
        let greeters = catalog.profiles.filter { profile in
            profile.fingerprints.greeting.contains { greeting.contains($0.lowercased()) }
        }
        // Words that several houses say are nobody's.
        guard let first = greeters.first, greeters.allSatisfy({ $0.isKin(to: first) }) else {
            line.outcome = tls.hostNameMatches ? .found : .notTrusted
            return [line]
        }
        // A domain that the catalogue does not list is nobody's free mailbox.
        let owner = greeters.first { $0.kind == .mailbox } ?? first
        return line.pointing(to: [owner], weight: catalog.weights[.greeting])
    }
}

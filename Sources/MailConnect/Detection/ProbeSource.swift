internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Tries the usual host names of a domain, without credentials: only servers that answer are ever proposed.
struct ProbeSource {
    let context: CheckContext
    let weights: EvidenceWeights

    /// What answered, best first, and the ledger's lines.
    struct Answer: Sendable {
        var settings: [AccountSettings]
        var evidence: [Evidence]
    }

    func ask(_ domain: DomainName, exchangers: [String], address: EmailAddress?) async -> Answer {
        async let smtp = probe(.smtp, domain, exchangers)
        async let imap = probe(.imap, domain, exchangers)
        let (sending, reading) = await (smtp, imap)
        let username = address?.description
        var settings: [AccountSettings] = []
        if let best = reading.first(where: \.answered)?.endpoint {
            settings = sending.filter(\.answered).map {
                AccountSettings(
                    smtp: $0.endpoint, smtpUsername: username, imap: best, imapUsername: username, source: "probe")
            }
        }
        return Answer(settings: settings, evidence: (sending + reading).map(\.evidence))
    }

    private struct Probe: Sendable {
        var endpoint: Endpoint
        var answered: Bool
        var evidence: Evidence
    }

    /// Hosts side by side, the ports of one host one after another. Trusted servers stand before others.
    private func probe(_ service: MailService, _ domain: DomainName, _ exchangers: [String]) async -> [Probe] {
        let hosts = GuessPlan.candidates(service, domain: domain, exchangers: exchangers)
        let probes = await withTaskGroup(of: (Int, [Probe]).self) { group in
            for (index, endpoints) in hosts.enumerated() {
                group.addTask { (index, await probe(endpoints)) }
            }
            return await group.reduce(into: [Int: [Probe]]()) { $0[$1.0] = $1.1 }
        }
        let ordered = hosts.indices.flatMap { probes[$0] ?? [] }
        return ordered.filter { $0.evidence.outcome == .found } + ordered.filter { $0.evidence.outcome != .found }
    }

    private func probe(_ endpoints: [Endpoint]) async -> [Probe] {
        var result: [Probe] = []
        for endpoint in endpoints {
            let begun = ContinuousClock.now
            let check = EndpointCheck(endpoint: endpoint, login: .none(reason: "a probe"), context: context)
            let trace = await check.run()
            let probe = read(trace, duration: ContinuousClock.now - begun)
            result.append(probe)
            if case .noAddress? = trace.failure?.failure { break }
            if probe.evidence.outcome == .found { break }
        }
        return result
    }

    private func read(_ trace: EndpointTrace, duration: Duration) -> Probe {
        let endpoint = trace.endpoint
        let trusted = trace.tls.flatMap { VerifiedChannel($0) } != nil
        let spoke = trace.record.capabilities != nil && !trace.record.mechanisms.isEmpty
        let outcome: EvidenceOutcome
        var detail: String
        switch trace.failure?.failure {
        case .noAddress(let lookups)?:
            outcome = lookups.contains { $0.outcome == .timedOut } ? .timedOut : .none
            detail = "no address"
        case .notConnected(let attempts)? where attempts.allSatisfy({ $0.outcome != .timedOut }):
            outcome = .none
            detail = "no connection"
        case .timedOut?, .notConnected?:
            outcome = .timedOut
            detail = "no answer"
        case .some:
            outcome = .broken
            detail = "no usable dialogue"
        case nil:
            outcome = !spoke ? .none : trusted ? .found : .notTrusted
            detail = spoke ? "logins offered: \(trace.record.mechanisms.prefix(6).joined(separator: " "))" : "no login"
            if spoke, !trusted { detail += "; the certificate is not to be trusted" }
        }
        return Probe(
            endpoint: endpoint, answered: trace.failure == nil && spoke,
            evidence: Evidence(
                source: "probe", query: "\(endpoint.service.rawValue) \(endpoint)", outcome: outcome,
                detail: ServerText(detail).escaped, weight: outcome == .found ? weights[.probe] : 0,
                duration: duration))
    }
}

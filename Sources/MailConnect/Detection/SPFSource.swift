internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Reads the domain's own SPF record (RFC 7208): whose servers may send for it.
struct SPFSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "TXT \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve(domain.description, .txt)
        var line = Evidence(
            source: .spf, kind: .record, query: query(domain), outcome: response.outcome.evidence,
            detail: response.outcome.words, duration: response.duration)
        let found = response.texts.compactMap { text in SPFRecord(record: text).map { (text, $0) } }
        guard let first = found.first else {
            if line.outcome == .found || line.outcome == .negative { line.outcome = .none }
            if line.outcome == .none { line.detail = "no SPF record" }
            return SourceAnswer(evidence: [line])
        }
        // Receivers take several records for an error (section 4.5); as a trace of senders each of them counts.
        line.detail = ServerText(String(first.0.prefix(160))).escaped
        if found.count > 1 { line.detail = "\(found.count) records, which is an error; the first: " + line.detail }
        return SourceAnswer(evidence: [line] + lines(found.flatMap { $0.1.names }, line))
    }

    private func lines(_ names: [String], _ line: Evidence) -> [Evidence] {
        names.flatMap { name -> [Evidence] in
            let owners = catalog.profiles(.spf, name)
            guard !owners.isEmpty else { return [] }
            var line = line
            line.detail = "names \(ServerText(name))"
            return line.pointing(to: owners, weight: catalog.weights[.spf])
        }
    }
}

/// Follows the includes and the redirect of the domain's SPF record that belong to nobody known, as far as a receiver
/// would: flattening services and own records hide the provider's behind others.
struct SPFIncludesSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "TXT of the includes of \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let begun = ContinuousClock.now
        // What a known provider includes in turn is its own affair.
        // What a service writes anew for the domain is the domain's own, whoever the service belongs to.
        var evaluator = SPFEvaluator(domain.description) { [catalog] name in
            catalog.profiles(.spf, name).isEmpty || catalog.hints.flatteners.contains { name.isEqualOrBelow($0) }
        }
        await evaluator.run { [resolver] in await resolver.resolve($0, $1) }
        let chain = IncludeChain(evaluator.evaluation, domain.description, catalog.hints.flatteners)
        var lines = evaluator.evaluation.found.dropFirst().flatMap { found in
            let factor = chain.factor(of: found.lookup.name, catalog.weights[.thirdPartyInclude])
            return found.record.record.map { $0.names.flatMap { named($0, within: found.lookup, factor) } }
                ?? trouble(found.lookup)
        }
        lines += networks(evaluator.evaluation, chain, domain)
        if !evaluator.evaluation.leftOut.isEmpty {
            lines.append(
                Evidence(
                    source: .spf, kind: .record, query: query(domain), outcome: .none,
                    detail: "more than \(SPFEvaluator.maximumLookups) look-ups, the rest is not read",
                    duration: .now - begun))
        }
        return SourceAnswer(evidence: lines)
    }

    /// Providers whose networks stand in the domain's own records in place of their names.
    private func networks(_ evaluation: SPFEvaluation, _ chain: IncludeChain, _ domain: DomainName) -> [Evidence] {
        let own = evaluation.found.filter { chain.depth(of: $0.lookup.name) == 0 }
        let seen = own.flatMap { $0.record.record?.mechanisms ?? [] }.compactMap(\.network)
        return catalog.hints.providers(of: seen).flatMap { id, example -> [Evidence] in
            let line = Evidence(
                source: .spf, kind: .record, query: query(domain), outcome: .found,
                detail: "networks in place of a name, such as \(example)", duration: .zero)
            return line.pointing(
                to: [catalog.profile(id: id)].compactMap(\.self), weight: catalog.weights[.spfNetworks])
        }
    }

    private func named(_ name: String, within response: DNSResponse, _ factor: Double) -> [Evidence] {
        let owners = catalog.profiles(.spf, name)
        guard !owners.isEmpty else { return [] }
        let line = Evidence(
            source: .spf, kind: .record, query: "TXT \(response.name)", outcome: .found,
            detail: "included, names \(ServerText(name))" + (factor < 1 ? "; a record of somebody else" : ""),
            duration: response.duration)
        return line.pointing(to: owners, weight: catalog.weights[.spf] * factor)
    }

    private func trouble(_ response: DNSResponse) -> [Evidence] {
        let outcome = response.outcome.evidence
        guard ![.found, .none, .negative].contains(outcome) else { return [] }
        return [
            Evidence(
                source: .spf, kind: .record, query: "TXT \(response.name)", outcome: outcome,
                detail: response.outcome.words,
                duration: response.duration)
        ]
    }
}

extension PolicyMachine {
    /// Asks all that the machine wants to know, what it wants at once side by side.
    ///
    /// - Parameter ask: Makes a look-up, and always answers.
    mutating func run(_ ask: @escaping @Sendable (String, DNSRecordType) async -> DNSResponse) async {
        while !questions.isEmpty {
            let level = questions
            let answers = await level.concurrentMap { question in
                var response = await ask(question.name, question.type)
                (response.name, response.type) = (question.name, question.type)
                return response
            }
            for answer in answers { take(answer) }
        }
    }
}

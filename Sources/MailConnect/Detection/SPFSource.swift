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
        var evaluator = SPFEvaluator(domain.description) { [catalog] in catalog.profiles(.spf, $0).isEmpty }
        await evaluator.run { [resolver] in await resolver.resolve($0, $1) }
        var lines = evaluator.evaluation.found.dropFirst().flatMap { found in
            found.record.record.map { $0.names.flatMap { named($0, within: found.lookup) } } ?? trouble(found.lookup)
        }
        if !evaluator.evaluation.leftOut.isEmpty {
            lines.append(
                Evidence(
                    source: .spf, kind: .record, query: query(domain), outcome: .none,
                    detail: "more than \(SPFEvaluator.maximumLookups) look-ups, the rest is not read",
                    duration: .now - begun))
        }
        return SourceAnswer(evidence: lines)
    }

    private func named(_ name: String, within response: DNSResponse) -> [Evidence] {
        let owners = catalog.profiles(.spf, name)
        guard !owners.isEmpty else { return [] }
        let line = Evidence(
            source: .spf, kind: .record, query: "TXT \(response.name)", outcome: .found,
            detail: "included, names \(ServerText(name))", duration: response.duration)
        return line.pointing(to: owners, weight: catalog.weights[.spf])
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

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

extension SPFRecord {
    /// The names in it that can tell whose servers are meant; of a name with macros, what is the same for every mail.
    var names: [String] {
        let redirect = effectiveRedirect.map { [$0] } ?? []
        return (mechanisms.compactMap(\.domain) + redirect).compactMap(\.macroSuffix)
    }

    /// The names whose records belong to this one, without those that take a message to be known.
    var links: [String] {
        (includes + (effectiveRedirect.map { [$0] } ?? [])).filter { !$0.hasMacros }.compactMap(\.macroSuffix)
    }
}

extension DNSResponse {
    /// The texts of the TXT records.
    var texts: [String] { records.compactMap { if case .txt(let text) = $0 { text } else { nil } } }
}

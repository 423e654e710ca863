internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Turns the servers that a document names into settings, and says in the ledger's line what it says.
struct DocumentReader: Sendable {
    let source: Evidence.Source
    /// Whether the domain publishes the document itself.
    let isOwn: Bool
    let catalog: Catalog

    /// Reads a document that came.
    ///
    /// - Parameters:
    ///   - result: What was fetched.
    ///   - read: Parses the body.
    /// - Returns: The settings, or the line that says why there are none.
    func answer(
        _ result: DocumentFetch.Result, _ read: ([UInt8]) throws(DiscoveryError) -> DiscoveredServers
    ) -> SourceAnswer {
        var line = result.line
        guard let body = result.body else { return SourceAnswer(evidence: [line], disclosures: result.disclosures) }
        do throws(DiscoveryError) {
            var answer = answer(try read(body), line)
            answer.disclosures = result.disclosures
            return answer
        } catch {
            line.outcome = error == .notThisDocument(.html) || error == .empty ? .none : .broken
            line.detail = "no settings file: \(error.id.replacing("_", with: " "))"
            return SourceAnswer(evidence: [line], disclosures: result.disclosures)
        }
    }

    /// Each submission server with the first IMAP server, in the document's own order.
    func answer(_ servers: DiscoveredServers, _ line: Evidence) -> SourceAnswer {
        var line = line
        guard let imap = servers.usable(for: .imap).first, !servers.usable(for: .smtp).isEmpty else {
            line.outcome = .none
            line.detail = "it names no usable pair of servers; left out: \(Self.reasons(servers))"
            return SourceAnswer(evidence: [line])
        }
        let settings = servers.usable(for: .smtp).map {
            // Where the document names no user name, it is the whole address (RFC 6186, section 4).
            ServerSettings(
                smtp: $0.endpoint, smtpUsername: $0.username ?? .address, imap: imap.endpoint,
                imapUsername: imap.username ?? .address, source: source)
        }
        let profile = settings.first.flatMap { catalog.profile(smtp: $0.smtp.host, imap: $0.imap.host) }
        line.outcome = .found
        line.weight = catalog.weights[isOwn ? .document : .publicDatabase]
        line.pointsTo = profile?.id
        line.detail = settings.first.map { "\($0.smtp) and \($0.imap)" } ?? ""
        return SourceAnswer(
            evidence: [line],
            content: .published(
                PublishedSettings(source: source, isOwn: isOwn, settings: settings, profile: profile)))
    }

    private static func reasons(_ servers: DiscoveredServers) -> String {
        let reasons = servers.dropped.map { $0.reason.rawValue.replacing("_", with: " ") }
        return reasons.isEmpty ? "nothing" : Set(reasons).sorted().joined(separator: ", ")
    }
}

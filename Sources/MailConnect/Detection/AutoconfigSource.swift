internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Fetches the settings that a domain publishes (draft-ietf-mailmaint-autoconfig): over https only, and without the
/// address, which the host of the file need not learn.
struct AutoconfigSource: DocumentSource {
    /// How long one place may take.
    static let patience = Duration.seconds(5)
    /// A settings file has a few kilobytes.
    static let maximumLength = 262_144

    let catalog: Catalog
    let http: any HTTPSending

    func ask(
        _ domain: DomainName, address: EmailAddress?, until deadline: ContinuousClock.Instant
    ) async -> DocumentAnswer {
        let places = [
            "https://autoconfig.\(domain)/mail/config-v1.1.xml",
            "https://\(domain)/.well-known/autoconfig/mail/config-v1.1.xml",
        ]
        let answers = await withTaskGroup(of: (Int, DocumentAnswer).self) { group in
            for (index, url) in places.enumerated() {
                group.addTask { (index, await fetch(url, domain, address, until: deadline)) }
            }
            return await group.reduce(into: [Int: DocumentAnswer]()) { $0[$1.0] = $1.1 }
        }
        let ordered = places.indices.compactMap { answers[$0] }
        return DocumentAnswer(
            published: ordered.lazy.compactMap(\.published).first, evidence: ordered.flatMap(\.evidence))
    }

    private func fetch(
        _ url: String, _ domain: DomainName, _ address: EmailAddress?, until deadline: ContinuousClock.Instant
    ) async -> DocumentAnswer {
        let begun = ContinuousClock.now
        var line = Evidence(source: "autoconfig", query: "GET \(url)", outcome: .none, detail: "")
        var settings: [AccountSettings] = []
        do throws(HTTPFailure) {
            let request = HTTPRequest(
                method: "GET", url: url, headers: [(name: "Accept", value: "text/xml, application/xml")],
                maximumResponseLength: Self.maximumLength, timeout: min(Self.patience, deadline - begun),
                maximumRedirects: 3)
            let response = try await http.send(request)
            if response.status == 200 {
                settings = read(response.body, domain, address, &line)
            } else {
                line.detail = "status \(response.status)"
            }
        } catch {
            line.outcome = Self.outcome(of: error.kind)
            line.detail = ServerText(error.detail).escaped
        }
        let profile = settings.first.flatMap { catalog.profile(smtp: $0.smtp.host, imap: $0.imap.host) }
        line.pointsTo = profile?.id
        line.duration = .now - begun
        let published =
            settings.isEmpty ? nil : PublishedSettings(source: "autoconfig", settings: settings, profile: profile)
        return DocumentAnswer(published: published, evidence: [line])
    }

    private func read(
        _ body: [UInt8], _ domain: DomainName, _ address: EmailAddress?, _ line: inout Evidence
    ) -> [AccountSettings] {
        do throws(DiscoveryError) {
            let servers = try AutoconfigDocument(octets: body).servers(for: address, domain: domain)
            guard let imap = servers.usable(for: .imap).first, !servers.usable(for: .smtp).isEmpty else {
                line.detail = "it names no usable pair of servers; left out: \(servers.dropped.count)"
                return []
            }
            line.outcome = .found
            line.weight = catalog.weights[.document]
            let settings = servers.usable(for: .smtp).map {
                AccountSettings(
                    smtp: $0.endpoint, smtpUsername: $0.username, imap: imap.endpoint, imapUsername: imap.username,
                    source: "autoconfig")
            }
            line.detail = settings.first.map { "\($0.smtp) and \($0.imap)" } ?? ""
            return settings
        } catch {
            line.outcome = error == .notThisDocument(.html) ? .none : .broken
            line.detail = "no settings file: \(error.id.replacing("_", with: " "))"
            return []
        }
    }

    private static func outcome(of kind: HTTPFailure.Kind) -> EvidenceOutcome {
        switch kind {
        case .lookup: .none
        case .connect: .refused
        case .tls, .redirect: .notTrusted
        case .timedOut, .cancelled: .timedOut
        case .badURL, .tooLarge, .broken: .broken
        }
    }
}

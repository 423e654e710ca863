internal import MailDiagnosis
internal import MailModel
internal import MailProtocol
internal import ProviderCatalog

/// Asks for the settings by Autodiscover in plain old XML (MS-OXDSCLI): at the domain, at `autodiscover.` and the domain,
/// and where its service record leads.
///
/// The protocol wants an address. None is sent: a made-up local part does for every server that
/// answers without a login, and no host learns whose mailbox it is about. Where the answer sends its reader elsewhere,
/// that is told and counts as a hint; it is not followed.
struct AutodiscoverSource: EvidenceSource {
    /// The local part that is asked for.
    static let localPart = "nobody"

    let resolver: any DNSResolving
    let catalog: Catalog
    let fetch: DocumentFetch
    let reader: DocumentReader

    func query(_ domain: DomainName) -> String { "POST https://autodiscover.\(domain)/autodiscover/autodiscover.xml" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let hosts = ["autodiscover.\(domain)", domain.description] + (await announcedHost(domain).map { [$0] } ?? [])
        let ordered = await hosts.concurrentMap { await ask(domain, $0) }
        return SourceAnswer(
            evidence: ordered.flatMap(\.evidence), content: ordered.lazy.compactMap(\.content).first,
            disclosures: ordered.flatMap(\.disclosures))
    }

    private func announcedHost(_ domain: DomainName) async -> String? {
        let response = await resolver.resolve("_autodiscover._tcp.\(domain)", .srv)
        guard case .srv(_, _, 443, let target)? = response.records.first, !target.isEmpty else { return nil }
        return target == "autodiscover.\(domain)" ? nil : target
    }

    private func ask(_ domain: DomainName, _ host: String) async -> SourceAnswer {
        let url = "https://\(host)/autodiscover/autodiscover.xml"
        var result = await fetch.fetch(url, source: .autodiscover, post: Self.body(domain))
        // Files that are served as they lie take no POST.
        if result.status == 405 { result = await fetch.fetch(url, source: .autodiscover) }
        if result.status == 401 {
            result.line.detail = "it asks for a login first, as Exchange does"
            return SourceAnswer(evidence: [result.line], disclosures: result.disclosures)
        }
        guard let body = result.body, let document = try? AutodiscoverDocument(octets: body) else {
            return reader.answer(result) { octets throws(DiscoveryError) in
                try AutodiscoverDocument(octets: octets).servers(of: domain)
            }
        }
        var answer: SourceAnswer
        if let hints = elsewhere(document, result.line) {
            answer = SourceAnswer(evidence: hints)
        } else {
            answer = personal(reader.answer(document.servers(of: domain), result.line), domain)
        }
        answer.disclosures = result.disclosures
        return answer
    }

    /// Where the answer sends its reader, or whose own protocols it names.
    private func elsewhere(_ document: AutodiscoverDocument, _ line: Evidence) -> [Evidence]? {
        var line = line
        let host: String
        switch document.redirect {
        case .address(let address)?: host = address.domain.description
        case .url(let url)?: host = DocumentFetch.host(of: url) ?? ""
        case .unusable?, nil:
            guard let exchange = document.exchangeHosts.first else { return nil }
            host = exchange
        }
        line.detail = document.redirect == nil ? "Exchange at \(host)" : "it leads to \(ServerText(host))"
        var profiles = catalog.profiles(.autodiscover, host) + catalog.profiles(.server, host)
        if let domain = try? DomainName(host), let profile = catalog.profile(mailDomain: domain) {
            profiles.append(profile)
        }
        return line.pointing(to: Array(profiles.prefix(1)), weight: catalog.weights[.document])
    }

    /// Puts the forms of a user name where the answer has those of the made-up address.
    private func personal(_ answer: SourceAnswer, _ domain: DomainName) -> SourceAnswer {
        guard case .published(var published)? = answer.content else { return answer }
        published.settings = published.settings.map { settings in
            var settings = settings
            settings.smtpUsername = template(settings.smtpUsername, domain)
            settings.imapUsername = template(settings.imapUsername, domain)
            return settings
        }
        var answer = answer
        answer.content = .published(published)
        return answer
    }

    private func template(_ template: UsernameTemplate, _ domain: DomainName) -> UsernameTemplate {
        switch template {
        case .fixed("\(Self.localPart)@\(domain)"): .address
        case .fixed(Self.localPart): .localPart
        default: template
        }
    }

    private static func body(_ domain: DomainName) -> String {
        let request = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
        let response = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <Autodiscover xmlns="\(request)"><Request><EMailAddress>\(localPart)@\(domain)</EMailAddress>\
            <AcceptableResponseSchema>\(response)</AcceptableResponseSchema></Request></Autodiscover>

            """
    }
}

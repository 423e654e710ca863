internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks for the service records of submission and IMAP (RFC 6186, RFC 8314), all four at once.
struct SRVSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "SRV _imaps._tcp.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let resolver = resolver
        let responses = await withTaskGroup(of: (String, DNSResponse).self) { group in
            for (name, _, _) in SRVReading.services {
                group.addTask { (name, await resolver.resolve("\(name).\(domain)", .srv)) }
            }
            return await group.reduce(into: [String: DNSResponse]()) { $0[$1.0] = $1.1 }
        }
        let reading = SRVReading(responses)
        let profile = profile(for: reading)
        let evidence = SRVReading.services.compactMap { service in
            responses[service.name].map { line($0, profile: profile) }
        }
        return SourceAnswer(evidence: evidence, content: .services(reading))
    }

    /// The profile that has both the IMAP and the submission host among its servers.
    private func profile(for reading: SRVReading) -> ProviderProfile? {
        guard let imap = reading.endpoints[.imap]?.first, let smtp = reading.endpoints[.smtp]?.first else { return nil }
        return catalog.profile(smtp: smtp.host, imap: imap.host)
    }

    private func line(_ response: DNSResponse, profile: ProviderProfile?) -> Evidence {
        let targets = response.records.compactMap { record in
            if case .srv(_, _, let port, let target) = record { (target, port) } else { nil }
        }
        let offered = targets.filter { !$0.0.isEmpty }
        var outcome = response.outcome.evidence
        var detail = response.outcome.words
        if !offered.isEmpty {
            detail = offered.prefix(4).map { "\(ServerText($0.0).escaped):\($0.1)" }.joined(separator: ", ")
        } else if !targets.isEmpty {
            outcome = .negative
            detail = "not offered (target \".\")"
        } else if outcome == .negative {
            // That a service's name does not exist says nothing about the domain.
            outcome = .none
        }
        let weight = catalog.weights[profile == nil ? .unknownSRV : .srv]
        return Evidence(
            source: "srv", query: "SRV \(response.name)", outcome: outcome, detail: detail,
            pointsTo: offered.isEmpty ? nil : profile?.id, weight: offered.isEmpty ? 0 : weight,
            duration: response.duration)
    }
}

internal import MailDiagnosis
internal import MailModel
internal import ProviderCatalog

/// Asks for all mail exchangers of the domain and reads their names with the catalogue.
struct MXSource: EvidenceSource {
    /// The profile that lists the domain itself, if any.
    let listed: ProviderProfile?
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "MX \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let reading = MXAnalysis(await resolver.resolve(domain.description, .mx), listed: listed, catalog: catalog)
        return SourceAnswer(evidence: reading.evidence(catalog.weights), content: .exchangers(reading))
    }
}

/// Asks whether the domain itself has an address: without exchangers that is where mail goes (RFC 5321, section 5.1).
struct AddressSource: EvidenceSource {
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "A, AAAA \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        async let four = resolver.resolve(domain.description, .a)
        async let six = resolver.resolve(domain.description, .aaaa)
        let responses = [await four, await six]
        let isThere = responses.contains { !$0.records.isEmpty }
        let isKnown = isThere || responses.allSatisfy { [.none, .negative].contains($0.outcome.evidence) }
        let troubled = responses.first { ![.none, .negative, .found].contains($0.outcome.evidence) }
        let words = isThere ? "the domain has an address" : "the domain has no address either"
        return SourceAnswer(
            evidence: [
                Evidence(
                    source: .address, kind: .record, query: query(domain),
                    outcome: isThere ? .found : isKnown ? .none : troubled?.outcome.evidence ?? .broken,
                    detail: isKnown ? words : troubled?.outcome.words ?? "",
                    duration: responses.map(\.duration).max() ?? .zero)
            ], content: isKnown ? .address(isThere) : nil)
    }
}

/// Asks for the service records of submission and IMAP (RFC 6186, RFC 8314), all four at once.
struct SRVSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "SRV _imaps._tcp.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let names = SRVAnalysis.services.map(\.name)
        let responses = await names.concurrentMap { await resolver.resolve("\($0).\(domain)", .srv) }
        let reading = SRVAnalysis(Dictionary(zip(names, responses), uniquingKeysWith: { first, _ in first }))
        let profile = profile(for: reading)
        let evidence = responses.map { line($0, profile: profile) }
        return SourceAnswer(evidence: evidence, content: .services(reading))
    }

    /// The profile that has both the IMAP and the submission host among its servers, or below the names of its exchangers.
    /// Each service may have a record alone.
    private func profile(for reading: SRVAnalysis) -> ProviderProfile? {
        let hosts = [reading.endpoints[.imap]?.first?.host, reading.endpoints[.smtp]?.first?.host].compactMap(\.self)
        if hosts.count == 2, let profile = catalog.profile(smtp: hosts[1], imap: hosts[0]) { return profile }
        guard let first = hosts.first, let owner = catalog.owners(.server, ofTarget: first).first else { return nil }
        let isAll = hosts.allSatisfy { host in
            catalog.owners(.server, ofTarget: host).contains { $0.isKin(to: owner) }
        }
        return isAll ? owner : nil
    }

    private func line(_ response: DNSResponse, profile: ProviderProfile?) -> Evidence {
        let targets = response.records.compactMap { record in
            if case .srv(_, _, let port, let target) = record { (target, port) } else { nil }
        }
        let usable = targets.filter { !ForgottenDot.leadsNowhere($0.0) }
        let offered = targets.filter { !$0.0.isEmpty }
        var outcome = response.outcome.evidence
        var detail = response.outcome.words
        if !offered.isEmpty, usable.isEmpty {
            outcome = .none
            detail = "\(ServerText(offered[0].0)) leads nowhere from here: no settings"
        } else if !offered.isEmpty {
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
            source: .srv, kind: .record, query: "SRV \(response.name)", outcome: outcome, detail: detail,
            pointsTo: usable.isEmpty ? nil : profile?.id, weight: usable.isEmpty ? 0 : weight,
            duration: response.duration)
    }
}

/// Reads the domain's TXT records for proofs of ownership that hosters ask for. A weak hint: many services ask for one.
struct OwnershipSource: EvidenceSource {
    let catalog: Catalog
    let resolver: any DNSResolving

    func query(_ domain: DomainName) -> String { "TXT \(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve(domain.description, .txt)
        let texts = response.texts.map { (text: $0, small: $0.lowercased()) }
        let lines = catalog.proofs.compactMap { known -> Evidence? in
            let proof = texts.first { text in known.prefixes.contains { text.small.hasPrefix($0) } }
            guard let proof else { return nil }
            return Evidence(
                source: .txt, kind: .record, query: query(domain), outcome: .found,
                detail: ServerText(String(proof.text.prefix(60))).escaped, pointsTo: known.profile,
                weight: known.hasMailboxes ? catalog.weights[.txt] : 0, duration: response.duration)
        }
        if !lines.isEmpty { return SourceAnswer(evidence: lines + others(response, query(domain))) }
        let isKnown = [.found, .none, .negative].contains(response.outcome.evidence)
        return SourceAnswer(evidence: [
            Evidence(
                source: .txt, kind: .record, query: query(domain), outcome: isKnown ? .none : response.outcome.evidence,
                detail: isKnown ? "no proof of ownership for a known provider" : response.outcome.words,
                duration: response.duration)
        ])
    }
}

extension OwnershipSource {
    /// Proofs that have nothing to do with mail: no votes, but they show that ownership was proved to several houses.
    private func others(_ response: DNSResponse, _ query: String) -> [Evidence] {
        catalog.hints.otherProofs.compactMap { other in
            guard let proof = response.texts.first(where: { $0.lowercased().hasPrefix(other.prefix) }) else {
                return nil
            }
            return Evidence(
                source: .txt, kind: .record, query: query, outcome: .found,
                detail: ServerText(String(proof.prefix(60))).escaped, pointsTo: other.provider, weight: 0,
                duration: response.duration)
        }
    }
}

/// Asks for a name that nobody has made. If it resolves, every name below the domain does, and aliases and addresses there
/// say little.
struct WildcardSource: EvidenceSource {
    let resolver: any DNSResolving
    /// A label that nobody uses, new for each run.
    let label = Self.unusedLabel()

    /// Thirteen letters out of one random number, since each of those is a call of the system.
    private static func unusedLabel() -> String {
        var number = UInt64.random(in: .min ... .max)
        var letters: [UInt8] = []
        for _ in 0..<13 {
            letters.append(UInt8(ascii: "a") + UInt8(number % 26))
            number /= 26
        }
        return "mc-" + String(decoding: letters, as: UTF8.self)
    }

    func query(_ domain: DomainName) -> String { "A *.\(domain)" }

    func ask(_ domain: DomainName) async -> SourceAnswer {
        let response = await resolver.resolve("\(label).\(domain)", .a)
        let isThere = !response.records.isEmpty
        var outcome = response.outcome.evidence
        if outcome == .negative { outcome = .none }
        return SourceAnswer(
            evidence: [
                Evidence(
                    source: .wildcard, kind: .record, query: query(domain), outcome: outcome,
                    detail: isThere
                        ? "any name below the domain resolves: aliases count less"
                        : outcome == .none ? "names that nobody made do not resolve" : response.outcome.words,
                    duration: response.duration)
            ], content: .wildcard(isThere))
    }
}

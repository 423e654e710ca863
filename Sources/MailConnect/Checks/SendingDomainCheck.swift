internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Reads what the DNS says of mail from the domain: SPF, DMARC, and the keys that the provider signs with.
struct SendingDomainCheck: Sendable {
    /// How long all of it may take.
    static let budget = Duration.seconds(5)

    let resolver: any DNSResolving
    /// Fetches the MTA-STS policy; nil for a run that may not reach servers.
    var http: (any HTTPSending)?
    let profile: ProviderProfile?
    let deadline: RunInstant

    /// Reads all of it.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - exchangers: Its mail exchangers.
    /// - Returns: An observation for each kind of record.
    func run(_ domain: DomainName, exchangers: [String]) async -> [Observation] {
        let due = deadline.orAfter(Self.budget)
        async let spf = spf(domain, until: due)
        async let dmarc = dmarc(domain, until: due)
        async let dkim = dkim(domain, until: due)
        async let mtaSTS = mtaSTS(domain, exchangers, until: due)
        async let tlsRPT = tlsRPT(domain, until: due)
        return [await spf, await dmarc] + [await dkim].compactMap { $0 } + [await mtaSTS, await tlsRPT]
    }

    private func ask(_ name: String, _ type: DNSRecordType, until due: RunInstant) async -> DNSResponse {
        let resolver = resolver
        return await withTaskGroup(of: DNSResponse.self) { group in
            group.addTask { await resolver.resolve(name, type) }
            group.addTask {
                await due.sleep()
                return DNSResponse(name: name, type: type, outcome: .timedOut, duration: Self.budget)
            }
            defer { group.cancelAll() }
            return await group.next() ?? DNSResponse(name: name, type: type, outcome: .timedOut, duration: .zero)
        }
    }

    private func dmarc(_ domain: DomainName, until due: RunInstant) async -> Observation {
        let begun = ContinuousClock.now
        var search = DMARCDiscovery(
            domain.description, organizationalDomain: PublicSuffixList.registrableDomain(of: domain)?.description)
        await search.run { await ask($0, $1, until: due) }
        let facts = search.facts
        return Self.observation(.dnsDMARC, facts?.decisiveLookup, facts.map { .dmarc($0) }, since: begun)
    }

    private func spf(_ domain: DomainName, until due: RunInstant) async -> Observation {
        let begun = ContinuousClock.now
        var evaluator = SPFEvaluator(domain.description, asksForAddresses: true)
        await evaluator.run { await ask($0, $1, until: due) }
        var facts = evaluator.evaluation.facts
        if let names = profile?.fingerprints.spfInclude, !names.isEmpty, facts?.recordCount == 1 {
            facts?.includesProvider = Self.includes(evaluator.evaluation, names)
        }
        return Self.observation(.dnsSPF, facts?.lookup, facts.map { .spf($0) }, since: begun)
    }

    /// Whether one of the provider's names is included; nil when it may be, behind something that was not read.
    private static func includes(_ evaluation: SPFEvaluation, _ names: [String]) -> Bool? {
        if evaluation.includes.contains(where: { include in names.contains { include.isEqualOrBelow($0) } }) {
            return true
        }
        let isOpen = evaluation.isCut || !evaluation.unreadable.isEmpty || !evaluation.withMacros.isEmpty
        return isOpen ? nil : false
    }

    private func mtaSTS(
        _ domain: DomainName, _ exchangers: [String], until due: RunInstant
    ) async -> Observation {
        let begun = ContinuousClock.now
        var search = MTASTSDiscovery(domain.description, exchangers: exchangers)
        await search.run { await ask($0, $1, until: due) }
        if let http, let url = search.documentURL { search.take(await Self.fetch(url, http, until: due)) }
        let facts = search.facts
        return Self.observation(.dnsMTASTS, facts?.lookup, facts.map { .mtaSTS($0) }, since: begun)
    }

    /// Redirects are not followed (RFC 8461, section 3.3).
    private static func fetch(
        _ url: String, _ http: any HTTPSending, until due: RunInstant
    ) async -> MTASTSDiscovery.Answer {
        let request = HTTPRequest(
            method: "GET", url: url, headers: [(name: "Accept", value: "text/plain")],
            maximumResponseLength: MTASTSDiscovery.maximumLength, timeout: due.remaining)
        do throws(HTTPFailure) {
            let response = try await http.send(request)
            return .response(
                status: response.status, mediaType: response.header("content-type"), body: response.body)
        } catch {
            switch error.kind {
            case .connect: return .failure(.notConnected)
            case .tls: return .failure(.notTrusted)
            case .redirect: return .failure(.redirected)
            case .tooLarge: return .failure(.tooLarge)
            case .badURL, .lookup, .timedOut, .broken, .cancelled, .ourLimit: return .failure(.noAnswer)
            }
        }
    }

    private func tlsRPT(_ domain: DomainName, until due: RunInstant) async -> Observation {
        let begun = ContinuousClock.now
        var search = TLSRPTDiscovery(domain.description)
        await search.run { await ask($0, $1, until: due) }
        return Self.observation(
            .dnsTLSRPT, search.facts?.lookup, search.facts.map { .tlsRPT($0) }, since: begun)
    }

    private func dkim(_ domain: DomainName, until due: RunInstant) async -> Observation? {
        guard let names = profile?.fingerprints.dkimSelector, !names.isEmpty else { return nil }
        let begun = ContinuousClock.now
        let selectors = await names.prefix(8).concurrentMap { name in
            let response = await ask("\(name)._domainkey.\(domain)", .txt, until: due)
            return DKIMFacts.Selector(name: name, state: DKIMKeyRecord.state(response), lookup: response)
        }
        return Observation(
            id: .dnsDKIM, stage: .dns, outcome: .observed, facts: .dkim(DKIMFacts(selectors: selectors)),
            duration: .now - begun)
    }

    private static func observation(
        _ id: CheckID, _ response: DNSResponse?, _ facts: CheckFacts?, since begun: ContinuousClock.Instant
    ) -> Observation {
        let isAnswered = response?.isAnswered ?? false
        return Observation(
            id: id, stage: .dns, outcome: isAnswered ? .observed : .skipped(.resolverSilent),
            facts: facts, duration: .now - begun)
    }
}

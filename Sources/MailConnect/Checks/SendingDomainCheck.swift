internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// Reads what the DNS says of mail from the domain: SPF, DMARC, and the keys that the provider signs with.
struct SendingDomainCheck: Sendable {
    /// RFC 7208, section 4.6.4.
    static let maximumLookups = 10
    /// How long all of it may take.
    static let budget = Duration.seconds(5)

    let resolver: any DNSResolving
    let profile: ProviderProfile?
    let deadline: RunInstant

    func run(_ domain: DomainName) async -> [Observation] {
        let due = deadline.orAfter(Self.budget)
        async let spf = spf(domain, until: due)
        async let dmarc = dmarc(domain, until: due)
        async let dkim = dkim(domain, until: due)
        return [await spf, await dmarc] + [await dkim].compactMap { $0 }
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
        let response = await ask("_dmarc.\(domain)", .txt, until: due)
        let records = response.texts.compactMap { DMARCRecord(record: $0) }
        let sole = records.count == 1 ? records.first : nil
        let facts = DMARCFacts(
            lookup: response, recordCount: records.count, policy: sole?.policy?.rawValue,
            problems: sole?.problems.map(\.rawValue) ?? [])
        return Self.observation(.dnsDMARC, response, .dmarc(facts), since: begun)
    }

    private func spf(_ domain: DomainName, until due: RunInstant) async -> Observation {
        let begun = ContinuousClock.now
        let response = await ask(domain.description, .txt, until: due)
        let records = response.texts.compactMap { SPFRecord(record: $0) }
        var facts = SPFFacts(lookup: response, recordCount: records.count)
        if records.count == 1, let record = records.first {
            await follow(record, of: domain.description, &facts, until: due)
            facts.allQualifier = record.mechanisms.first { $0.kind == .all }?.qualifier.rawValue
            if let names = profile?.fingerprints.spfInclude, !names.isEmpty {
                let isOpen = facts.lookupCount > Self.maximumLookups || !facts.unreadable.isEmpty
                let includes = facts.includes.contains { include in names.contains { include.isEqualOrBelow($0) } }
                facts.includesProvider = includes ? true : isOpen ? nil : false
            }
        }
        return Self.observation(.dnsSPF, response, .spf(facts), since: begun)
    }

    /// Reads the included records, breadth first, as long as a receiver would.
    private func follow(
        _ record: SPFRecord, of domain: String, _ facts: inout SPFFacts, until due: RunInstant
    ) async {
        var open = [(name: domain, record: record)]
        var seen: Set<String> = [domain]
        while !open.isEmpty {
            let (name, record) = open.removeFirst()
            facts.lookupCount += record.lookupCost
            facts.problems += record.problems.prefix(4).map { "\(name): \($0.fault.rawValue) at \"\($0.term)\"" }
            guard facts.lookupCount <= Self.maximumLookups else { return }
            let targets = record.includes + [record.effectiveRedirect].compactMap { $0 }
            for target in targets where !target.hasMacros {
                let next = target.macroSuffix ?? target.description.lowercased()
                facts.includes.append(next)
                guard seen.insert(next).inserted else { continue }
                let response = await ask(next, .txt, until: due)
                let records = response.texts.compactMap { SPFRecord(record: $0) }
                guard records.count == 1, let included = records.first else {
                    facts.unreadable.append(next)
                    continue
                }
                open.append((next, included))
            }
        }
    }

    private func dkim(_ domain: DomainName, until due: RunInstant) async -> Observation? {
        guard let names = profile?.fingerprints.dkimSelector, !names.isEmpty else { return nil }
        let begun = ContinuousClock.now
        let selectors = await withTaskGroup(of: (Int, DKIMFacts.Selector).self) { group in
            for (index, name) in names.prefix(8).enumerated() {
                group.addTask {
                    let response = await ask("\(name)._domainkey.\(domain)", .txt, until: due)
                    return (index, DKIMFacts.Selector(name: name, state: Self.state(response), lookup: response))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return Observation(
            id: .dnsDKIM, stage: .dns, outcome: .observed, facts: .dkim(DKIMFacts(selectors: selectors)),
            duration: .now - begun)
    }

    private static func state(_ response: DNSResponse) -> DKIMFacts.State {
        switch response.outcome {
        case .nameNotFound, .noData: return .missing
        case .records: break
        default: return .notKnown
        }
        for text in response.texts {
            let key = text.split(separator: ";").map { $0.drop { $0 == " " } }.first { $0.hasPrefix("p=") }
            if let key { return key.dropFirst(2).contains { $0 != " " } ? .key : .withdrawn }
        }
        return .missing
    }

    private static func observation(
        _ id: CheckID, _ response: DNSResponse, _ facts: CheckFacts, since begun: ContinuousClock.Instant
    ) -> Observation {
        let outcome: CheckOutcome
        switch response.outcome {
        case .records, .noData, .nameNotFound: outcome = .observed
        default: outcome = .skipped(.resolverSilent)
        }
        return Observation(id: id, stage: .dns, outcome: outcome, facts: facts, duration: .now - begun)
    }
}

internal import FoundationEssentials
import Glibc
internal import MailDiagnosis
internal import MailModel
internal import MailNetwork
internal import MailProtocol
internal import ProviderCatalog

/// One check of one account: detect, check both sides live, judge. It registers nothing.
struct AccountRun: Sendable {
    let engine: Engine
    let catalog: Catalog
    let account: Account
    let logins: any LoginGuard
    let channel: RunChannel
    /// The run's clock, on which all of its deadlines lie.
    let clock: RunClock

    private var network: NetworkStack { engine.network }

    /// Runs to the end.
    ///
    /// - Parameter known: What was found out before about the domain, nil to find it out now.
    /// - Returns: Everything that was found, and what it means.
    /// - Throws: `EngineError` when the run cannot begin, `CancellationError` when it is cancelled.
    func diagnosis(continuing known: DomainDetection?) async throws -> Diagnosis {
        // Before a login can leave: whoever names a provider that does not exist meant another one.
        _ = try catalog.named(account.providerID)
        async let trust = Self.prepared(network.trust)
        // Servers that the user names are checked beside the detection: a resolver in trouble must not hold them up.
        let named = account.reach.includesServers ? SettingsChoice(account).complete : nil
        async let domainAge = domainAge()
        async let early = checks(named, profile(of: named))
        if known == nil { channel.emit(.waiting(RunWait(stage: .dns))) }
        // In a task of its own, whose memory is given back when it ends: the run goes on to wait for its servers.
        async let asked = detected(known)
        let detection = try await asked
        if let reason = await trust { throw EngineError.trust(reason) }
        var detected = detection.settings(for: account)
        channel.emit(.settings(detected))
        if let observation = detection.observation { channel.emit(.observation(observation)) }
        let planned = detected.settings
        async let domain: Void = sendingDomain(detection, hasServers: planned != nil)
        var sides = await early
        if named == nil, account.reach.includesServers {
            sides = await checks(planned, detection.profile ?? profile(of: planned))
        }
        await domain
        await compare(sides)
        try Task.checkCancellation()
        settle(sides, &detected)
        return try await judged(detected, await domainAge)
    }

    private func detected(_ known: DomainDetection?) async throws -> DomainDetection {
        guard let known, known.domain == account.domain else {
            return try await engine.detection(for: account, catalog, channel)
        }
        for line in known.evidence { channel.emit(.evidence(line)) }
        for disclosure in known.disclosures { channel.emit(.disclosure(disclosure)) }
        return known
    }

    /// Both sides are through: the test message, and the settings that were found to work.
    private func settle(_ sides: [SideCheck.Result], _ detected: inout DetectedSettings) {
        if !account.reach.includesServers { tellSkipped(detected.settings) }
        if account.sendsTest, let delivery = DeliveryObservation(sides).observation {
            channel.emit(.observation(delivery))
        }
        let corrected = sides.reduce(detected.settings) { settings, side in settings.map { side.corrected($0) } }
        guard corrected != detected.settings else { return }
        detected.settings = corrected
        channel.emit(.settings(detected))
    }

    private func judged(_ detected: DetectedSettings, _ age: DomainAgeSource.Answer?) async throws -> Diagnosis {
        guard let diagnosis = channel.fold?.diagnosis else { throw CancellationError() }
        let judgement = account.judgement(of: diagnosis, catalog: catalog, domainAge: age?.days)
        if let age {
            // Behind the judgement: whether this service answers says nothing about the search for settings.
            var told = detected
            told.evidence.append(age.evidence)
            channel.emit(.settings(told))
            channel.emit(.disclosure(age.disclosure))
        }
        for finding in judgement.findings { channel.emit(.finding(finding)) }
        channel.emit(.verdict(judgement.verdict, judgement.dailyLimit))
        try Task.checkCancellation()
        guard let result = channel.fold?.diagnosis else { throw CancellationError() }
        return result
    }
}

/// The parts of a run.
extension AccountRun {
    /// The age of the registered domain, asked of a third party only when the user allows that; nil when nobody was asked.
    private func domainAge() async -> DomainAgeSource.Answer? {
        // The age of a provider's own domain says nothing of a mailbox there.
        guard account.reach == .thirdParties, let http = network.http?.seen(by: clock),
            catalog.profile(mailDomain: account.domain) == nil
        else { return nil }
        let registered = PublicSuffixList.registrableDomain(of: account.domain) ?? account.domain
        return await DomainAgeSource(base: catalog.dailyLimitBands.domainAgeService, http: http)
            .ask(registered, until: clock.deadline, now: Date())
    }

    /// The profile of servers that somebody named: the provider's manners hold there too.
    private func profile(of settings: AccountSettings?) -> ProviderProfile? {
        if let id = account.providerID { return catalog.profile(id: id) }
        if let listed = catalog.profile(mailDomain: account.domain) { return listed }
        return settings.flatMap { catalog.profile(smtp: $0.smtp.host, imap: $0.imap.host) }
    }

    /// Both sides, side by side; nothing without settings.
    private func checks(_ settings: AccountSettings?, _ profile: ProviderProfile?) async -> [SideCheck.Result] {
        guard let settings else { return [] }
        let common = context(profile)
        let given = account
        let account = account.normalized(for: profile)
        return await MailService.allCases.concurrentMap { service in
            var context = common
            context.removesBlanks = account.credential(for: service) != given.credential(for: service)
            return await SideCheck(
                service: service, settings: settings, account: account, profile: profile,
                signatures: catalog.signatures, context: context
            ).run()
        }
    }

    private func context(_ profile: ProviderProfile?) -> CheckContext {
        let usernames = [
            account.address?.description, account.address?.localPart, account.smtpUsername, account.imapUsername,
        ].compactMap { $0 }
        var context = CheckContext(
            connector: network.connector, trust: network.trust, logins: logins,
            redactor: Redactor(secrets: account.secrets(for: profile), usernames: usernames), deadline: clock.deadline)
        context.sink = channel.sink(keepsTranscript: engine.options.keepsTranscripts)
        context.provider = profile?.id
        // At a known provider the password itself is known to work; SCRAM is not, and costs two more round trips a side.
        let isProven = profile != nil || account.sendsPasswordItself
        context.unprovenMechanisms = isProven ? ChallengeMechanisms.scram : []
        if account.sendsTest, let address = account.address, account.smtpCredential != nil,
            account.imapCredential != nil
        {
            context.delivery = TestDelivery(address, now: Date(), nonce: SASLDigests().nonce())
        }
        return context
    }

    /// What the DNS says of mail from the domain. Of a provider's own domains only the provider can change that.
    private func sendingDomain(_ detection: DomainDetection, hasServers: Bool) async {
        guard account.reach != .offline, hasServers, catalog.profile(mailDomain: account.domain) == nil,
            let mx = detection.mailExchangers
        else { return }
        switch mx.outcome {
        case .records(let records) where records != [.mx(preference: 0, exchange: "")]: break
        case .noData: break
        default: return
        }
        let exchangers = mx.records.compactMap { if case .mx(_, let name) = $0 { name } else { nil } }
        let check = SendingDomainCheck(
            resolver: network.resolver.seen(by: clock),
            http: account.reach.includesServers ? network.http?.seen(by: clock) : nil, profile: detection.profile,
            deadline: clock.deadline)
        let names = exchangers.isEmpty ? [account.domain.description] : exchangers
        for observation in await check.run(account.domain, exchangers: names) {
            channel.emit(.observation(observation))
            if let disclosure = Self.disclosure(observation) { channel.emit(.disclosure(disclosure)) }
        }
    }

    /// What the host of the MTA-STS policy learnt.
    private static func disclosure(_ observation: Observation) -> Disclosure? {
        guard case .mtaSTS(let facts)? = observation.facts, let host = facts.policyHost,
            facts.problem != .notConnected
        else { return nil }
        return Disclosure(party: host, matter: .domain)
    }

    /// A host that met silence is held against hosts that do answer, on the same port: then it is known whether the host or
    /// this network is to blame. Nothing but a TCP connection is made.
    private func compare(_ sides: [SideCheck.Result]) async {
        let wanted = sides.flatMap { side -> [Endpoint] in
            guard let failure = side.last.failure?.failure else { return [] }
            return ControlPlan.endpoints(after: side.last.endpoint, failure: failure, catalogue: catalog)
        }
        guard !wanted.isEmpty, !Task.isCancelled, clock.remaining > .milliseconds(500) else { return }
        let network = network
        let due = clock.instant(after: CheckContext.bonusLimit)
        let attempts = await wanted.concurrentMap { endpoint -> ControlFacts.Attempt? in
            let result = await network.connector.connect(host: endpoint.host, port: endpoint.port, until: due)
            result.connection?.close()
            let outcomes = result.facts.attempts.map(\.outcome)
            guard let outcome = outcomes.first(where: { $0 == .connected }) ?? outcomes.first else { return nil }
            return ControlFacts.Attempt(host: endpoint.host, port: endpoint.port, outcome: outcome)
        }.compactMap { $0 }
        guard !attempts.isEmpty else { return }
        for attempt in attempts where attempt.outcome == .connected {
            channel.emit(.disclosure(Disclosure(party: attempt.host, matter: .connection, isThirdParty: true)))
        }
        channel.emit(
            .observation(
                Observation(
                    id: .netControl, stage: .connect, outcome: .observed,
                    facts: .control(ControlFacts(attempts: attempts)))))
    }

    /// The checks that a run which may not reach the servers leaves out, so that nobody takes their absence for a pass.
    private func tellSkipped(_ settings: AccountSettings?) {
        guard let settings else { return }
        let reason: SkipReason = account.reach == .offline ? .offline : .dnsOnly
        for service in MailService.allCases {
            let endpoint = settings.endpoint(for: service)
            for (id, stage) in [(CheckID.connect(service), Stage.connect), (.auth(service), .auth)] {
                channel.emit(
                    .observation(
                        Observation(id: id, stage: stage, endpoint: endpoint, outcome: .skipped(reason))))
            }
        }
    }

    /// Reads the trusted roots while names are looked up; the reason when that fails.
    private static func prepared(_ trust: TrustLoader) async -> String? {
        do throws(TLSSetupError) {
            _ = try await trust.context()
            return nil
        } catch {
            return error.description
        }
    }
}

extension Account {
    /// What the facts about the account come to. Pure.
    func judgement(of diagnosis: Diagnosis, catalog: Catalog, domainAge: Int? = nil) -> Judgement {
        let claims = MailboxClaims(
            stage: mailboxStage, ageInDays: mailboxAge, isTrial: isTrial, domainAge: domainAge)
        return Judgement.of(JudgedFacts(diagnosis, claims: claims), catalogue: catalog, now: diagnosis.startedAt)
    }
}

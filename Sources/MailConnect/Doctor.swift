internal import Foundation
internal import MailDiagnosis
public import MailModel
internal import MailNetwork
internal import MailProtocol
public import ProviderCatalog

/// The whole flow: detect, check both sides live, judge. It registers nothing.
public struct Doctor: Sendable {
    private let catalog: Catalog
    private let network: NetworkStack
    private let progress: (@Sendable (DoctorProgress) -> Void)?

    /// Makes a doctor.
    ///
    /// - Parameters:
    ///   - catalog: What is known of providers.
    ///   - network: The way to the outside world.
    ///   - progress: Told what happens while it happens; nil for silence.
    public init(
        catalog: Catalog, network: NetworkStack, progress: (@Sendable (DoctorProgress) -> Void)? = nil
    ) {
        self.catalog = catalog
        self.network = network
        self.progress = progress
    }

    /// Infers the settings, without any login.
    ///
    /// - Parameter request: What it is about.
    /// - Returns: Everything that was found; its verdict is never "ready", since nothing was proved.
    /// - Throws: `DoctorError` when the run cannot begin.
    public func detect(_ request: DoctorRequest) async throws(DoctorError) -> Diagnosis {
        let context = context(for: request)
        var diagnosis = try await detected(request, context)
        judge(&diagnosis, request)
        diagnosis.duration = .now - context.started
        return diagnosis
    }

    /// Infers the settings, then checks both sides live, with a login on each side that has a credential.
    ///
    /// - Parameter request: What it is about.
    /// - Returns: Everything that was found, and what it means.
    /// - Throws: `DoctorError` when the run cannot begin.
    public func diagnose(_ request: DoctorRequest) async throws(DoctorError) -> Diagnosis {
        let context = context(for: request)
        async let trust = Self.prepared(network.trust)
        // Servers that the user names are checked beside the detection: a resolver in trouble must not hold them up.
        let named = request.reach.includesServers ? SettingsChoice(request: request).complete : nil
        async let domainAge = domainAge(request, context)
        async let early = checks(named, request.providerID, request, context)
        var diagnosis = try await detected(request, context)
        if let reason = await trust { throw .trust(reason) }
        let detected = diagnosis
        async let domain = sendingDomain(detected, request, context)
        var sides = await early
        if named == nil, request.reach.includesServers {
            sides = await checks(diagnosis.settings, diagnosis.provider.id, request, context)
        }
        diagnosis.observations += await domain
        if !request.reach.includesServers { diagnosis.observations += Self.notAsked(diagnosis.settings, request.reach) }
        if request.sendsTest, let delivery = DeliveryObservation(sides).observation {
            diagnosis.observations.append(delivery)
        }
        for side in sides {
            diagnosis.observations += side.observations
            diagnosis.transcript += side.traces.flatMap(\.transcript)
            diagnosis.disclosures += side.traces.flatMap(Self.disclosures)
            diagnosis.settings = diagnosis.settings.map { side.corrected($0) }
        }
        diagnosis.transcript.sort { $0.at < $1.at }
        let age = await domainAge
        judge(&diagnosis, request, domainAge: age?.days)
        // Behind the judgement: whether this service answers says nothing about the search for settings.
        diagnosis.evidence += [age?.evidence].compactMap { $0 }
        diagnosis.disclosures += [age?.disclosure].compactMap { $0 }
        diagnosis.duration = .now - context.started
        return diagnosis
    }

    private func context(for request: DoctorRequest) -> CheckContext {
        let secrets = [request.smtpCredential?.secret, request.imapCredential?.secret].compactMap { $0 }
        let usernames = [
            request.address?.description, request.address?.localPart, request.smtpUsername, request.imapUsername,
        ].compactMap { $0 }
        let started = ContinuousClock.now
        return CheckContext(
            connector: network.connector, trust: network.trust, ledger: LoginLedger(),
            redactor: Redactor(secrets: secrets + request.otherSecrets, usernames: usernames), started: started,
            deadline: started + request.timeout)
    }

    private func detected(_ request: DoctorRequest, _ context: CheckContext) async throws(DoctorError) -> Diagnosis {
        var override: ProviderProfile?
        if let id = request.providerID {
            override = catalog.profile(id: id)
            if override == nil { throw .unknownProvider(id) }
        }
        var diagnosis = Diagnosis(address: request.address, domain: request.domain, startedAt: Date())
        let reach =
            request.smtpEndpoint != nil && request.imapEndpoint != nil && request.reach.includesServers
            ? Reach.dnsOnly : request.reach
        let detector = Detector(
            catalog: catalog, resolver: network.resolver, context: context, http: network.http, override: override,
            reach: reach)
        let result = await detector.detect(request.domain, address: request.address)
        diagnosis.evidence = result.evidence
        diagnosis.provider = result.verdict.provider
        diagnosis.inboxType = result.verdict.inboxType
        diagnosis.reason = result.verdict.reason
        diagnosis.candidates = result.verdict.candidates
        diagnosis.disclosures = result.disclosures
        let choices = SettingsChoice(request: request).apply(to: result.verdict.settings)
        diagnosis.settings = choices.first
        diagnosis.alternatives = Array(choices.dropFirst())
        if diagnosis.inboxType == nil, diagnosis.settings != nil { diagnosis.inboxType = .customSMTP }
        if let mx = result.mx { diagnosis.observations.append(Self.mxObservation(mx)) }
        progress?(.detected(diagnosis.provider, diagnosis.settings))
        return diagnosis
    }

    /// The age of the registered domain, asked of a third party only when the user allows that; nil when nobody was asked.
    private func domainAge(_ request: DoctorRequest, _ context: CheckContext) async -> DomainAgeSource.Answer? {
        // The age of a provider's own domain says nothing of a mailbox there.
        guard request.reach == .thirdParties, let http = network.http,
            catalog.profile(mailDomain: request.domain) == nil
        else { return nil }
        let registered = PublicSuffixList.registrableDomain(of: request.domain) ?? request.domain
        return await DomainAgeSource(base: catalog.dailyLimitBands.domainAgeService, http: http)
            .ask(registered, until: context.deadline, now: Date())
    }

    /// Both sides, side by side; nothing without settings.
    private func checks(
        _ settings: AccountSettings?, _ provider: String?, _ request: DoctorRequest, _ context: CheckContext
    ) async -> [SideCheck.Result] {
        guard let settings else { return [] }
        let profile = provider.flatMap { catalog.profile(id: $0) }
        var context = context
        // At a known provider the password itself is known to work; SCRAM is not, and costs two more round trips a side.
        context.unprovenMechanisms = profile == nil ? [] : ChallengeMechanisms.scram
        if request.sendsTest, let address = request.address, request.smtpCredential != nil,
            request.imapCredential != nil
        {
            context.delivery = DeliveryDesk(address, now: Date(), nonce: SASLDigests().nonce())
        }
        let checking = context
        async let smtp = check(.smtp, settings, profile, request, checking)
        async let imap = check(.imap, settings, profile, request, checking)
        return [await smtp, await imap]
    }

    private func check(
        _ service: MailService, _ settings: AccountSettings, _ profile: ProviderProfile?, _ request: DoctorRequest,
        _ context: CheckContext
    ) async -> SideCheck.Result {
        progress?(.checking(settings.endpoint(for: service)))
        let check = SideCheck(
            service: service, settings: settings, request: request, profile: profile, signatures: catalog.signatures,
            context: context)
        var result = await check.run()
        if service == .smtp, let desk = context.delivery {
            await desk.settle(accepted: result.traces.last?.record.submitted != nil)
        }
        if service == .imap, let desk = context.delivery { result.deliveryDelay = await desk.age }
        progress?(.checked(result.observations))
        return result
    }

    /// What the DNS says of mail from the domain. Of a provider's own domains only the provider can change that.
    private func sendingDomain(
        _ diagnosis: Diagnosis, _ request: DoctorRequest, _ context: CheckContext
    ) async -> [Observation] {
        guard request.reach != .offline, diagnosis.settings != nil, catalog.profile(mailDomain: request.domain) == nil
        else { return [] }
        guard case .dns(let mx)? = diagnosis.observations.first(where: { $0.id == .dnsMX })?.facts else { return [] }
        switch mx.outcome {
        case .records(let records) where records != [.mx(preference: 0, exchange: "")]: break
        case .noData: break
        default: return []
        }
        let profile = diagnosis.provider.id.flatMap { catalog.profile(id: $0) }
        return await SendingDomainCheck(resolver: network.resolver, profile: profile, deadline: context.deadline)
            .run(request.domain)
    }

    private func judge(_ diagnosis: inout Diagnosis, _ request: DoctorRequest, domainAge: Int? = nil) {
        let claims = MailboxClaims(
            stage: request.mailboxStage, ageInDays: request.mailboxAge, isTrial: request.isTrial, domainAge: domainAge)
        let judgement = Judgement.of(
            JudgedFacts(diagnosis, claims: claims), catalogue: catalog, now: diagnosis.startedAt)
        diagnosis.findings = judgement.findings
        diagnosis.verdict = judgement.verdict
        diagnosis.dailyLimit = judgement.dailyLimit
    }

    /// What the host of an endpoint learnt.
    private static func disclosures(_ trace: EndpointTrace) -> [Disclosure] {
        guard trace.connection.connectedAddress != nil else { return [] }
        return [Disclosure(party: trace.endpoint.host, matter: trace.record.login == nil ? .connection : .login)]
    }

    /// The checks that a run which may not reach the servers leaves out, so that nobody takes their absence for a pass.
    private static func notAsked(_ settings: AccountSettings?, _ reach: Reach) -> [Observation] {
        guard let settings else { return [] }
        let reason = "the run may not reach the servers"
        return MailService.allCases.flatMap { service in
            [("connect", Stage.connect), ("auth", .auth)].map { name, stage in
                Observation(
                    id: .of(service, name), stage: stage, endpoint: settings.endpoint(for: service),
                    outcome: .skipped(reason))
            }
        }
    }

    private static func mxObservation(_ response: DNSResponse) -> Observation {
        let outcome: CheckOutcome
        switch response.outcome {
        case .records, .noData, .nameNotFound: outcome = .observed
        default: outcome = .failed(.noAddress([response]))
        }
        return Observation(
            id: .dnsMX, stage: .dns, outcome: outcome, facts: .dns(response), duration: response.duration)
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

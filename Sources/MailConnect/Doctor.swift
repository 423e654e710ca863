internal import Foundation
internal import MailDiagnosis
public import MailModel
internal import MailNetwork
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
        let named = request.reach == .everything ? SettingsChoice(request: request).complete : nil
        async let early = checks(named, nil, request, context)
        var diagnosis = try await detected(request, context)
        if let reason = await trust { throw .trust(reason) }
        var traces = await early
        if named == nil, request.reach == .everything {
            traces = await checks(diagnosis.settings, diagnosis.provider.id, request, context)
        }
        if request.reach != .everything { diagnosis.observations += Self.notAsked(diagnosis.settings, request.reach) }
        for trace in traces {
            diagnosis.observations += EndpointObservations(trace).all
            diagnosis.transcript += trace.transcript
        }
        diagnosis.transcript.sort { $0.at < $1.at }
        judge(&diagnosis, request)
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
            request.smtpEndpoint != nil && request.imapEndpoint != nil && request.reach == .everything
            ? Reach.dnsOnly : request.reach
        let detector = Detector(
            catalog: catalog, resolver: network.resolver, context: context, http: network.http, override: override,
            reach: reach)
        let result = await detector.detect(request.domain, address: request.address)
        diagnosis.evidence = result.evidence
        diagnosis.provider = result.verdict.provider
        diagnosis.inboxType = result.verdict.inboxType
        let choices = SettingsChoice(request: request).apply(to: result.verdict.settings)
        diagnosis.settings = choices.first
        diagnosis.alternatives = Array(choices.dropFirst())
        if diagnosis.inboxType == nil, diagnosis.settings != nil { diagnosis.inboxType = .customSMTP }
        if let mx = result.mx { diagnosis.observations.append(Self.mxObservation(mx)) }
        progress?(.detected(diagnosis.provider, diagnosis.settings))
        return diagnosis
    }

    /// Both sides, side by side; nothing without settings.
    private func checks(
        _ settings: AccountSettings?, _ provider: String?, _ request: DoctorRequest, _ context: CheckContext
    ) async -> [EndpointTrace] {
        guard let settings else { return [] }
        var context = context
        context.avoidedMechanisms = provider.flatMap { catalog.profile(id: $0) }?.avoidedMechanisms ?? []
        let checking = context
        async let smtp = check(.smtp, settings, request, checking)
        async let imap = check(.imap, settings, request, checking)
        return [await smtp, await imap]
    }

    private func check(
        _ service: MailService, _ settings: AccountSettings, _ request: DoctorRequest, _ context: CheckContext
    ) async -> EndpointTrace {
        let endpoint = settings.endpoint(for: service)
        progress?(.checking(endpoint))
        let credential = service == .smtp ? request.smtpCredential : request.imapCredential
        var plan = LoginPlan.none(reason: PasswordNotGivenRule.reason)
        if let credential, let username = settings.username(for: service) {
            plan = .login(username: username, credential: credential)
        }
        let trace = await EndpointCheck(endpoint: endpoint, login: plan, context: context).run()
        progress?(.checked(EndpointObservations(trace).all))
        return trace
    }

    private func judge(_ diagnosis: inout Diagnosis, _ request: DoctorRequest) {
        let profile = diagnosis.provider.id.flatMap { catalog.profile(id: $0) }
        diagnosis.findings = Judge.findings(
            for: DiagnosisInput(
                observations: diagnosis.observations, provider: diagnosis.provider, profile: profile,
                signatures: catalog.signatures, now: diagnosis.startedAt, search: SettingsSearch(diagnosis)))
        diagnosis.verdict = VerdictRule.verdict(findings: diagnosis.findings, observations: diagnosis.observations)
        guard diagnosis.settings != nil else { return }
        diagnosis.dailyLimit = DailyLimitAdvice(bands: catalog.dailyLimitBands)
            .advise(stage: request.mailboxStage, ageInDays: request.mailboxAge, profile: profile)
    }

    /// The checks that a run which may not reach the servers leaves out, so that nobody takes their absence for a pass.
    private static func notAsked(_ settings: AccountSettings?, _ reach: Reach) -> [Observation] {
        guard let settings else { return [] }
        let reason = "the run may not reach the servers (\(reach == .offline ? "--offline" : "--dns-only"))"
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

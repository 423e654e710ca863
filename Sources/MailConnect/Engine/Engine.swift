internal import FoundationEssentials
internal import MailDiagnosis
public import MailModel
internal import MailNetwork
public import ProviderCatalog
internal import Synchronization

/// Finds out whether mailboxes can be connected, why not, and what to do about it; one for a process and all of its runs.
///
/// It owns what outlives a run: the catalogue, which can be exchanged while runs are under way, the way to the outside
/// world, and what was found out about domains, for as long as the DNS says that it holds. Everything is handed in; nothing
/// below reads the environment.
///
/// ```swift
/// let engine = try Engine.standard()
/// var account = Account(address: try EmailAddress("jane@example.com"))
/// account.password = Secret(password)
/// let diagnosis = try await engine.check(account).result
/// ```
public final class Engine: Sendable {
    /// What an engine may do at once, and what it keeps.
    public struct Options: Sendable {
        /// Runs that are under way at once; the others wait for their turn, and their time does not begin before.
        public var maximumRuns = 200
        /// Whether runs tell and keep what was said on the wire, secrets masked.
        public var keepsTranscripts = true

        /// The usual options.
        public init() {}
    }

    private let snapshot: Mutex<Catalog>
    let network: NetworkStack
    let options: Options
    private let detections = DetectionStore()
    private let admission: RunAdmission

    /// Puts an engine together.
    ///
    /// - Parameters:
    ///   - catalog: What is known of providers.
    ///   - network: The way to the outside world.
    ///   - options: What it may do at once.
    public init(catalog: Catalog, network: NetworkStack, options: Options = Options()) {
        snapshot = Mutex(catalog)
        self.network = network
        self.options = options
        admission = RunAdmission(limit: options.maximumRuns)
    }

    /// The catalogue that runs which begin now work with.
    public var catalog: Catalog { snapshot.withLock { $0 } }

    /// Exchanges the catalogue. Runs that are under way keep the one that they began with.
    public func replaceCatalog(_ catalog: Catalog) {
        snapshot.withLock { $0 = catalog }
        detections.forget()
    }

    /// Infers who hosts a domain's mailboxes and where they are reached. No login is tried and no address is told to anybody.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - reach: How far the run may reach.
    /// - Returns: The run.
    public func detect(_ domain: DomainName, reach: Reach = .everything) -> Run<DomainDetection> {
        var account = Account(domain: domain)
        account.reach = reach
        return detect(account)
    }

    /// Infers what can be known of an account before its password is asked for; the account's own choices count.
    ///
    /// - Parameters:
    ///   - account: The account, or the accounts of a domain.
    ///   - since: When the run began, if something was asked before; nil for now.
    /// - Returns: The run.
    public func detect(_ account: Account, since: ContinuousClock.Instant? = nil) -> Run<DomainDetection> {
        Run(RunChannel()) { [self] channel in
            try await admission.admit {
                channel.begin(at: since ?? .now, about: account.address, account.domain, Date())
                channel.emit(.waiting(RunWait(stage: .dns)))
                let detection = try await detection(for: account, catalog, channel)
                channel.emit(.settings(detection.settings(for: account)))
                return detection
            }
        }
    }

    /// Infers the settings, then checks both sides live, with a login on each side that has a credential. Nothing is
    /// registered.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - detection: What was found out before about its domain; nil to find it out in this run.
    ///   - logins: Who says whether a login may be sent; nil for a guard of this run alone.
    ///   - since: When the run began, if something was asked before; nil for now.
    /// - Returns: The run.
    public func check(
        _ account: Account, continuing detection: DomainDetection? = nil, logins: (any LoginGuard)? = nil,
        since: ContinuousClock.Instant? = nil
    ) -> Run<Diagnosis> {
        Run(RunChannel()) { [self] channel in
            try await admission.admit {
                try await checked(account, detection, logins ?? RunLoginGuard(), since, channel)
            }
        }
    }

    /// Explains a pasted text: an error, a reply, an exception, a log. No network.
    ///
    /// - Parameter text: The text; of more than `Explainer.limit` octets only the ends are looked at.
    /// - Returns: The run.
    public func explain(_ text: String) -> Run<Explanation> {
        Run(RunChannel(), on: nil) { [self] _ in Explainer(catalog: catalog).explain(text) }
    }

    /// What a detection alone says of an account, judged. Its verdict is never "ready", since nothing was proved.
    ///
    /// - Parameters:
    ///   - detection: What was found out about the domain.
    ///   - account: The account.
    /// - Returns: The diagnosis.
    public func diagnosis(of detection: DomainDetection, for account: Account) -> Diagnosis {
        var fold = DiagnosisFold(address: account.address, domain: account.domain, startedAt: detection.startedAt)
        let id = RunID()
        func take(_ kind: RunEvent.Kind) { fold.take(RunEvent(runID: id, offset: detection.duration, kind: kind)) }
        detection.disclosures.forEach { take(.disclosure($0)) }
        take(.settings(detection.settings(for: account)))
        if let observation = detection.observation { take(.observation(observation)) }
        let judgement = account.judgement(of: fold.diagnosis, catalog: catalog)
        judgement.findings.forEach { take(.finding($0)) }
        take(.verdict(judgement.verdict, judgement.dailyLimit))
        return fold.diagnosis
    }

    /// Judges saved evidence again, with the catalogue of now.
    ///
    /// - Parameter diagnosis: The evidence; its findings and its verdict are replaced.
    /// - Returns: The same evidence with new findings and a new verdict.
    public func reevaluated(_ diagnosis: Diagnosis) -> Diagnosis { Reevaluation.judged(diagnosis, catalog: catalog) }

    /// Detects as part of a run, or takes what is known.
    func detection(
        for account: Account, _ catalog: Catalog, _ channel: RunChannel
    ) async throws -> DomainDetection {
        let question = DetectionQuestion(account)
        let named = try catalog.named(account.providerID)
        let detector = Detector(question: question, catalog: catalog, network: network, override: named)
        let found = await detections.detection(question, emit: { channel.emit(.evidence($0)) }) { emit in
            await detector.detect(emit: emit)
        }
        try Task.checkCancellation()
        guard let found else { throw CancellationError() }
        for disclosure in found.disclosures { channel.emit(.disclosure(disclosure)) }
        return found
    }

    func checked(
        _ account: Account, _ detection: DomainDetection?, _ logins: any LoginGuard,
        _ since: ContinuousClock.Instant?, _ channel: RunChannel
    ) async throws -> Diagnosis {
        let known = detection?.duration ?? .zero
        channel.begin(
            at: since ?? .now - known, about: account.address, account.domain, detection?.startedAt ?? Date())
        let run = AccountRun(
            engine: self, catalog: catalog, account: account, logins: logins, channel: channel,
            clock: RunClock(timeout: account.timeout - (.now - channel.began)))
        return try await run.diagnosis(continuing: detection)
    }

    /// Lets work in that is not a check by itself.
    func admitted<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await admission.admit(body)
    }
}

extension Catalog {
    /// The profile that somebody named; nil when nobody did.
    func named(_ id: String?) throws(EngineError) -> ProviderProfile? {
        guard let id else { return nil }
        guard let profile = profile(id: id) else { throw .unknownProvider(id) }
        return profile
    }
}

internal import FoundationEssentials
public import MailModel
public import MailNetwork
public import MailRegistration
internal import ProviderCatalog

/// Where accounts are registered, and what remembers it.
public struct RegistrationService: Sendable {
    /// Where the API lives.
    public var base: APIBase
    /// The key; nil allows dry runs only.
    public var key: APIKey?
    /// What was registered from here; nil allows dry runs only.
    public var journal: RegistrationJournal?
    /// Opens the journal once the logins are proved, where `journal` is nil: for one that another process still held.
    public var openJournal: (@Sendable (Duration) async throws(JournalError) -> RegistrationJournal)?
    /// Who sends the requests.
    public var http: any HTTPSending
    /// What the client calls itself (RFC 9110, section 10.1.5).
    public var userAgent: String

    /// A registration API.
    ///
    /// - Parameters:
    ///   - base: Where it lives.
    ///   - key: The key; nil for dry runs only.
    ///   - journal: What was registered from here; nil for dry runs only.
    ///   - network: Whose resolver and trusted roots are used.
    ///   - userAgent: What the client calls itself.
    public init(
        base: APIBase, key: APIKey?, journal: RegistrationJournal?, network: NetworkStack, userAgent: String
    ) {
        self.base = base
        self.key = key
        self.journal = journal
        self.userAgent = userAgent
        http = LazyHTTPSClient(resolver: network.resolver, caFile: network.caFile, userAgent: userAgent)
    }
}

/// How one account is to be registered.
public struct AdditionChoices: Sendable {
    /// The name that recipients see.
    public var displayName: String
    /// Whether only the request is made, to be looked at.
    public var isDryRun = false
    /// Whether an account with warnings is registered too.
    public var acceptsWarnings = false
    /// Whether to send although the journal knows the account: "already exists" then means registered.
    public var resolves = false
    /// Messages a day, in place of what is advised.
    public var dailyLimit: Int?
    /// Whether a limit above the provider's own is sent.
    public var forcesLimit = false
    /// Asks a person before the request leaves; nil to ask nobody.
    public var confirm: (@Sendable (RegistrationRequest) async -> Bool)?

    /// The usual choices.
    public init(displayName: String) { self.displayName = displayName }
}

/// What came of adding an account.
public struct Addition: Sendable {
    /// What was found out.
    public var diagnosis: Diagnosis
    /// What became of the registration.
    public var outcome: RegistrationOutcome
}

extension Engine {
    /// A registration API that is reached by this engine's resolver and trusts its roots.
    ///
    /// - Parameters:
    ///   - base: Where it lives.
    ///   - key: The key; nil for dry runs only.
    ///   - journal: What was registered from here; nil for dry runs only.
    ///   - userAgent: What the client calls itself (RFC 9110, section 10.1.5).
    /// - Returns: The service.
    public func registration(
        at base: APIBase, key: APIKey?, journal: RegistrationJournal?, userAgent: String = "mailconnect"
    ) -> RegistrationService {
        RegistrationService(base: base, key: key, journal: journal, network: network, userAgent: userAgent)
    }

    /// Detects, verifies both logins, and only then registers the account. Nothing leaves unless both logins passed in this
    /// very run, and every attempt is in the journal before it leaves.
    ///
    /// - Parameters:
    ///   - account: The account, with both credentials.
    ///   - choices: How it is to be registered.
    ///   - service: Where it is registered.
    ///   - detection: What was found out before about its domain; nil to find it out in this run.
    ///   - since: When the run began, if something was asked before; nil for now.
    /// - Returns: The run. Where the journal cannot be used nothing is sent, and the outcome says so. Its result throws
    ///   `RegistrationInputError` when the API would not take a value; then nothing was sent either.
    public func add(
        _ account: Account, _ choices: AdditionChoices, to service: RegistrationService,
        continuing detection: DomainDetection? = nil, since: ContinuousClock.Instant? = nil
    ) -> Run<Addition> {
        Run(RunChannel()) { [self] channel in
            try await admitted {
                let diagnosis = try await checked(account, detection, RunLoginGuard(), since, channel)
                let registrar = AccountRegistrar(
                    service: service, choices: choices, catalog: catalog, account: account, channel: channel)
                let outcome = try await registrar.register(diagnosis)
                channel.emit(.registration(outcome))
                return Addition(diagnosis: diagnosis, outcome: outcome)
            }
        }
    }
}

/// Registers a verified account, or says why not: asks the policy, then the journal, then the person, and at last the API.
private struct AccountRegistrar {
    let service: RegistrationService
    let choices: AdditionChoices
    let catalog: Catalog
    let account: Account
    let channel: RunChannel

    func register(_ diagnosis: Diagnosis) async throws -> RegistrationOutcome {
        let prepared: BulkRegistration.Item
        let notes: [String]
        switch try RegistrationMaker(choices: choices, catalog: catalog).preparation(diagnosis, account) {
        case .denied(let outcome): return outcome
        case .item(let item, let doubts): (prepared, notes) = (item, doubts)
        }
        var outcome: RegistrationOutcome
        do {
            outcome = try await send(prepared.request, prepared.permit)
        } catch let error as JournalError {
            // What was found out is told all the same.
            outcome = RegistrationMaker.notAttempted("\(error); nothing was sent", nil, .journal)
        }
        outcome.notes = notes + outcome.notes
        return outcome
    }

    private func send(
        _ request: RegistrationRequest, _ permit: RegistrationPermit
    ) async throws -> RegistrationOutcome {
        guard !choices.isDryRun, let key = service.key, let journal = try await journal() else {
            return RegistrationClient.dryRun(request, base: service.base)
        }
        let known = try await journal.knowledge(
            of: request.address, base: service.base, key: key, patience: patience)
        if known == nil || choices.resolves, let confirm = choices.confirm, !(await confirm(request)) {
            return RegistrationMaker.notAttempted("it was not confirmed")
        }
        try Task.checkCancellation()
        // The whole run has one time; what the checks have left is the registration's.
        let registration = try await registration(key, journal)
        return try await registration.register(
            request, permit: permit, resolving: choices.resolves,
            budget: remaining)
    }

    private func journal() async throws(JournalError) -> RegistrationJournal? {
        if let journal = service.journal { return journal }
        return try await service.openJournal?(patience)
    }

    private var remaining: Duration { max(.seconds(1), account.timeout - (.now - channel.began)) }

    /// How long the journal may keep us waiting.
    private var patience: Duration { min(remaining, RegistrationJournal.patience) }

    private func registration(
        _ key: APIKey, _ journal: RegistrationJournal
    ) async throws(JournalError) -> AccountRegistration {
        var options = RegistrationClient.Options()
        options.userAgent = service.userAgent
        let clock = RegistrationClock.system
        let now = clock.now()
        let lately = try await journal.requests(
            to: service.base, since: now.addingTimeInterval(-3_600), now: now, patience: patience)
        let channel = channel
        return AccountRegistration(
            client: RegistrationClient(base: service.base, key: key, http: service.http, options: options),
            journal: journal, pace: RequestPace(earlier: lately), clock: clock,
            progress: { channel.emit(.registering($0)) })
    }
}

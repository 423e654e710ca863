internal import FoundationEssentials
internal import MailDiagnosis
public import MailModel
public import MailRegistration
internal import ProviderCatalog

/// What a checked account is to be registered with.
public enum RegistrationPreparation: Sendable {
    /// Both logins were proved in this run: it may be sent.
    case item(BulkRegistration.Item, notes: [String])
    /// It may not, and why.
    case denied(RegistrationOutcome)
}

extension Engine {
    /// Makes a registration of what a run proved. Nothing is sent.
    ///
    /// - Parameters:
    ///   - diagnosis: What the run came to.
    ///   - account: The account that was checked, with both credentials.
    ///   - choices: How it is to be registered.
    /// - Returns: The request with its permit, or the reason against it.
    /// - Throws: `RegistrationInputError` when the API would not take a value.
    public func registration(
        of diagnosis: Diagnosis, _ account: Account, _ choices: AdditionChoices
    ) throws(RegistrationInputError) -> RegistrationPreparation {
        try RegistrationMaker(choices: choices, catalog: catalog).preparation(diagnosis, account)
    }

    /// Infers what can be known of an account before its password is needed; the answer is shared by all accounts of a domain.
    ///
    /// - Parameter account: The account.
    /// - Returns: What was found out.
    /// - Throws: `CancellationError`, or `EngineError` when the account names a provider that is not known.
    package func sharedDetection(for account: Account) async throws -> DomainDetection {
        try await detection(for: account, catalog, RunChannel())
    }
}

/// Turns a diagnosis into a request and its permit, or says why not.
struct RegistrationMaker {
    let choices: AdditionChoices
    let catalog: Catalog

    func preparation(
        _ diagnosis: Diagnosis, _ given: Account
    ) throws(RegistrationInputError) -> RegistrationPreparation {
        let profile = diagnosis.provider.id.flatMap { catalog.profile(id: $0) }
        let account = given.asProved(by: diagnosis.observations)
        let permit: RegistrationPermit
        switch decision(diagnosis, account, profile) {
        case .denied(let denial): return .denied(Self.notAttempted(denial.description, denial.step))
        case .allowed(let given): permit = given
        }
        guard let settings = diagnosis.settings, let advice = diagnosis.dailyLimit else {
            return .denied(Self.notAttempted(Self.incomplete))
        }
        var notes = SettingsDoubt.about(settings)
        let limit: Int
        switch LimitChoice(asked: choices.dailyLimit, advice: advice, force: choices.forcesLimit) {
        case .refused(let reason): return .denied(Self.notAttempted(reason, .insistOnLimit))
        case .send(let number, let note):
            limit = number
            notes += [note].compactMap(\.self)
        }
        guard let request = try request(diagnosis, account, settings, limit) else {
            return .denied(Self.notAttempted(Self.incomplete))
        }
        return .item(BulkRegistration.Item(request: request, permit: permit), notes: notes)
    }

    private func decision(
        _ diagnosis: Diagnosis, _ account: Account, _ profile: ProviderProfile?
    ) -> RegistrationDecision {
        var proofs: [MailService: Credential] = [:]
        for side in MailService.allCases { proofs[side] = account.credential(for: side) }
        return RegistrationPolicy(acceptsWarnings: choices.acceptsWarnings).decide(
            verdict: diagnosis.verdict, observations: diagnosis.observations, inboxType: diagnosis.inboxType,
            credentials: proofs, imapTakesPasswords: profile?.password.map { $0.kind != .oauthOnly })
    }

    private func request(
        _ diagnosis: Diagnosis, _ account: Account, _ settings: AccountSettings, _ limit: Int
    ) throws(RegistrationInputError) -> RegistrationRequest? {
        guard let address = diagnosis.address, let inboxType = diagnosis.inboxType,
            let smtp = account.smtpCredential?.secret, let imap = account.imapCredential?.secret
        else { return nil }
        return try RegistrationRequest(
            address: address, displayName: choices.displayName, inboxType: inboxType, settings: settings,
            passwords: MailboxPasswords(smtp: smtp, imap: imap), dailyLimit: limit)
    }

    static func notAttempted(
        _ reason: String, _ step: RemedyStep? = nil, _ obstacle: RegistrationOutcome.Obstacle = .notPermitted
    ) -> RegistrationOutcome {
        RegistrationOutcome(
            status: .notAttempted, reason: reason, obstacle: obstacle, steps: [step].compactMap(\.self))
    }

    private static var incomplete: String { "the settings of the account are not complete" }
}

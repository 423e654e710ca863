import Foundation
import MailConnect
import MailModel
import MailNetwork
import MailRegistration
import ProviderCatalog

/// Registers a verified account, or says why not.
struct Registrar {
    /// What the user chose.
    struct Choices {
        var displayName: String
        /// The time of the whole run.
        var timeout: Duration
        var isDryRun = false
        var acceptsWarnings = false
        var resolves = false
        var dailyLimit: Int?
        var forcesLimit = false
        /// Asks a person; nil to ask nobody.
        var confirm: (@Sendable (RegistrationRequest) -> Bool)?
        /// Says what is going on.
        var tell: @Sendable (String) -> Void = { _ in }

        init(displayName: String, timeout: Duration) {
            self.displayName = displayName
            self.timeout = timeout
        }
    }

    let access: APIAccess
    let journal: RegistrationJournal?
    let toolbox: Toolbox
    let choices: Choices

    /// Asks the policy, then the journal, then the person, and at last the API.
    func register(
        _ diagnosis: Diagnosis, credentials: Credentials
    ) async throws(CommandFailure) -> RegistrationOutcome {
        let permit: RegistrationPermit
        switch decision(diagnosis, credentials) {
        case .denied(let denial): return Self.notAttempted(denial.description)
        case .allowed(let given): permit = given
        }
        guard let settings = diagnosis.settings, let advice = diagnosis.dailyLimit else {
            return Self.notAttempted("the settings of the account are not complete")
        }
        let limit: Int
        var notes = SettingsDoubt.about(settings)
        switch LimitChoice(asked: choices.dailyLimit, advice: advice, force: choices.forcesLimit) {
        case .refused(let reason): return Self.notAttempted(reason)
        case .send(let number, let note):
            limit = number
            notes += [note].compactMap(\.self)
        }
        guard let request = try request(diagnosis, settings, limit, credentials) else {
            return Self.notAttempted("the settings of the account are not complete")
        }
        var outcome = try await send(request, permit, diagnosis)
        outcome.notes = notes + outcome.notes
        return outcome
    }

    private func decision(_ diagnosis: Diagnosis, _ credentials: Credentials) -> RegistrationDecision {
        var proofs: [MailService: Credential] = [:]
        proofs[.smtp] = credentials.smtp
        proofs[.imap] = credentials.imap
        let profile = diagnosis.provider.id.flatMap { toolbox.catalog.profile(id: $0) }
        return RegistrationPolicy(acceptsWarnings: choices.acceptsWarnings).decide(
            verdict: diagnosis.verdict, observations: diagnosis.observations, inboxType: diagnosis.inboxType,
            credentials: proofs, imapTakesPasswords: profile?.password.map { $0.kind != .oauthOnly })
    }

    private func send(
        _ request: RegistrationRequest, _ permit: RegistrationPermit, _ diagnosis: Diagnosis
    ) async throws(CommandFailure) -> RegistrationOutcome {
        guard !choices.isDryRun, let key = access.key, let journal else {
            return RegistrationClient.dryRun(request, base: access.base)
        }
        do throws(JournalError) {
            let known = try journal.knowledge(of: request.address, base: access.base, key: key)
            if known == nil || choices.resolves, let confirm = choices.confirm, !confirm(request) {
                return Self.notAttempted("it was not confirmed")
            }
            let registration = try registration(key, journal)
            // The whole run has one time; what the checks have left is the registration's.
            return try await registration.register(
                request, permit: permit, resolving: choices.resolves,
                budget: max(.seconds(1), choices.timeout - diagnosis.duration))
        } catch {
            throw JournalOptions.failure(error)
        }
    }

    private func registration(
        _ key: APIKey, _ journal: RegistrationJournal
    ) throws(JournalError) -> AccountRegistration {
        var options = RegistrationClient.Options()
        options.userAgent = "mailconnect/\(ToolVersion.current)"
        let http = RegistrationTransport(
            resolver: toolbox.resolver, caFile: toolbox.caFile, userAgent: options.userAgent)
        let clock = RegistrationClock.system
        let lately = try journal.requests(to: access.base, since: clock.now().addingTimeInterval(-3_600))
        let tell = choices.tell
        return AccountRegistration(
            client: RegistrationClient(base: access.base, key: key, http: http, options: options), journal: journal,
            pace: RequestPace(earlier: lately), clock: clock,
            progress: { event in
                RequestUnderWay.follow(event)
                tell(RegistrationStage.words(event))
            })
    }

    /// The status to leave with.
    static func status(of outcome: RegistrationOutcome, verdict: Verdict) -> ExitStatus {
        switch outcome.status {
        case .registered, .alreadyRegistered: return .ready
        case .refused: return .refused
        case .unknown: return .unknown
        case .notAttempted: break
        }
        switch outcome.obstacle {
        case .dryRun?: return .ready
        case .unreachable?, .cancelled?, .rateLimited?: return .cannotTell
        default: return verdict.isReady ? .actionNeeded : ExitStatus(verdict)
        }
    }

    private func request(
        _ diagnosis: Diagnosis, _ settings: AccountSettings, _ limit: Int, _ credentials: Credentials
    ) throws(CommandFailure) -> RegistrationRequest? {
        guard let address = diagnosis.address, let inboxType = diagnosis.inboxType,
            let smtp = credentials.smtp?.secret, let imap = credentials.imap?.secret
        else { return nil }
        do throws(RegistrationInputError) {
            return try RegistrationRequest(
                address: address, displayName: choices.displayName, inboxType: inboxType, settings: settings,
                passwords: MailboxPasswords(smtp: smtp, imap: imap), dailyLimit: limit)
        } catch {
            throw CommandFailure(.badInput, .badAccount, "the account cannot be registered: \(error)")
        }
    }

    private static func notAttempted(_ reason: String) -> RegistrationOutcome {
        RegistrationOutcome(status: .notAttempted, reason: reason, obstacle: .notPermitted)
    }
}

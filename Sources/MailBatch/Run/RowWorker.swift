import FoundationEssentials
package import MailConnect
package import MailModel
import MailRegistration
import ProviderCatalog

/// What is done for one row.
package struct RowWorker: Sendable {
    package let engine: Engine
    package let options: BatchOptions

    /// How often a row is begun again that a server turned away before its login.
    package static let mostTries = 3

    /// A worker with an engine.
    package init(engine: Engine, options: BatchOptions) {
        self.engine = engine
        self.options = options
    }

    /// The job of a row.
    func job(_ row: BatchRow, _ tag: [UInt8], isInterrupted: Bool) -> RowJob {
        var account = Account(address: row.address)
        options.shape(&account)
        account.prefersIMAPOverTLS = true
        account.sendsPasswordItself = true
        account.smtpEndpoint = row.smtpEndpoint ?? account.smtpEndpoint
        account.imapEndpoint = row.imapEndpoint ?? account.imapEndpoint
        account.smtpUsername = row.smtpUsername ?? account.smtpUsername
        account.imapUsername = row.imapUsername ?? account.imapUsername
        return RowJob(row: row, tag: tag, account: account, isInterrupted: isInterrupted)
    }

    /// Reads the secrets and looks the domain up; rows of one domain share the answer.
    package func detected(_ job: RowJob) async throws(InputProblem) -> RowJob {
        var account = job.account
        let smtp = try await secret(job.row.smtpPassword)
        let imap = try await secret(job.row.imapPassword) ?? smtp
        account.smtpCredential = smtp.map { .password($0) }
        account.imapCredential = imap.map { .password($0) }
        var result = RowJob(
            row: job.row, tag: job.tag, account: account, isInterrupted: job.isInterrupted, tries: job.tries)
        // What stops a detection, stops the check in the same way, and is told there.
        guard let detection = try? await engine.sharedDetection(for: account) else { return result }
        result.detection = RowJob.Known(detection)
        result.keys = keys(account, detection)
        return result
    }

    private func secret(_ source: SecretSource?) async throws(InputProblem) -> Secret? {
        guard let source else { return nil }
        if case .value(let secret) = source { return secret }
        return try await options.secrets(source)
    }

    private func keys(_ account: Account, _ detection: DomainDetection) -> [ServerKey] {
        guard account.reach.includesServers else { return [] }
        let first = detection.settings.first
        return MailService.allCases.compactMap { service in
            let chosen = service == .smtp ? account.smtpEndpoint : account.imapEndpoint
            let found = service == .smtp ? first?.smtp : first?.imap
            return (chosen ?? found).map { ServerKey(service, $0.host) }
        }
    }

    /// What the servers of a job take, by the provider's own words or carefully.
    func manners(of job: RowJob) -> [Manners] {
        // Of rows that others check, others see to it.
        Self.manners(paced: options.isPaced && options.remote == nil)(job)
    }

    /// What the servers of a job take.
    ///
    /// - Parameter paced: Whether providers are spared.
    /// - Returns: What tells it of a job, in the order of its servers.
    package static func manners(paced: Bool) -> @Sendable (RowJob) -> [Manners] {
        { job in
            guard paced else { return job.keys.map { _ in .none } }
            let pace = job.detection?.detection.profile?.pace
            return job.keys.map { key in pace.map { Manners($0, key.service) } ?? .careful }
        }
    }

    /// Checks the account.
    ///
    /// - Parameters:
    ///   - job: The row.
    ///   - logins: Who remembers its logins.
    /// - Returns: What it came to.
    /// - Throws: `CancellationError`, and what kept the logins from being remembered.
    package func checked(_ job: RowJob, _ logins: some RowLogins) async throws -> RowEnd {
        let run = engine.check(job.account, continuing: job.detection?.detection, logins: logins)
        let diagnosis = try await run.result
        if let failure = logins.failure { throw failure }
        return RowEnd(job: job, diagnosis: diagnosis, hasSent: logins.hasSent)
    }

    /// What an account is to be registered with, or why it is not.
    package func registration(of end: RowEnd, _ registrar: BatchRegistrar) async throws -> RegistrationPreparation {
        // Its registration may have been on its way when the process died.
        if end.job.isInterrupted, let known = try await registrar.known(end.job.row.address) { return .denied(known) }
        var choices = AdditionChoices(displayName: end.job.row.displayName ?? "")
        choices.acceptsWarnings = options.acceptsWarnings
        choices.dailyLimit = end.job.row.dailyLimit
        do throws(RegistrationInputError) {
            return try engine.registration(of: end.diagnosis, end.job.account, choices)
        } catch {
            return .denied(
                RegistrationOutcome(status: .notAttempted, reason: "\(error)", obstacle: .notPermitted))
        }
    }

    /// What is told of a row whose server was given up.
    package func left(_ job: RowJob, _ host: String) -> Diagnosis {
        var diagnosis =
            job.detection.map { engine.diagnosis(of: $0.detection, for: job.account) }
            ?? Diagnosis(address: job.row.address, domain: job.row.address.domain, startedAt: .now)
        let service = job.keys.first { $0.host == host }?.service
        diagnosis.verdict = .cannotTell
        diagnosis.dailyLimit = nil
        diagnosis.findings = [
            Finding(
                id: .tooManyLogins, severity: .error, confidence: 1, service: service, stage: .auth,
                summary: "\(host) takes no more logins from here for now",
                detail: "It said so \(Manners.patience) times, each after a longer pause. This account was not tried.",
                evidence: [],
                remedy: Remedy(
                    who: .support,
                    steps: ["Run the rows that could not be told again later, fewer of this server at once."]),
                retry: .afterSeconds(3_600))
        ]
        return diagnosis
    }
}

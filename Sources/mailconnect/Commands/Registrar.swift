import MailConnect
import MailModel
import MailNetwork
import MailRegistration

/// Registers a verified account, or says why not.
struct Registrar {
    let displayName: String
    let access: APIAccess
    let toolbox: Toolbox
    let timeout: Duration

    /// Asks the policy, then the API.
    func register(
        _ diagnosis: Diagnosis, credentials: Credentials, dryRun: Bool
    ) async throws(CommandFailure) -> RegistrationOutcome {
        var proofs: [MailService: Credential] = [:]
        proofs[.smtp] = credentials.smtp
        proofs[.imap] = credentials.imap
        let decision = RegistrationPolicy().decide(
            verdict: diagnosis.verdict, observations: diagnosis.observations, inboxType: diagnosis.inboxType,
            credentials: proofs)
        guard case .allowed(let permit) = decision else {
            guard case .denied(let denial) = decision else { return Self.notAttempted("the policy gave no answer") }
            return Self.notAttempted(denial.description)
        }
        guard let request = try request(diagnosis, credentials) else {
            return Self.notAttempted("the settings of the account are not complete")
        }
        guard !dryRun, let key = access.key else { return RegistrationClient.dryRun(request) }
        var options = RegistrationClient.Options()
        options.userAgent = "mailconnect/\(ToolVersion.current)"
        // The whole run has one time; what the checks have left is the request's.
        options.timeout = max(.seconds(1), timeout - diagnosis.duration)
        let http: CurlHTTPClient
        do {
            http = try CurlHTTPClient(
                resolver: toolbox.resolver, caFile: toolbox.caFile, userAgent: options.userAgent)
        } catch {
            throw CommandFailure(.ourBug, "HTTPS could not be set up: \(error)")
        }
        RequestUnderWay.begin()
        defer { RequestUnderWay.end() }
        return await RegistrationClient(base: access.base, key: key, http: http, options: options)
            .register(request, permit: permit)
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
        case .unreachable?, .cancelled?: return .cannotTell
        default: return verdict.isReady ? .actionNeeded : ExitStatus(verdict)
        }
    }

    private func request(
        _ diagnosis: Diagnosis, _ credentials: Credentials
    ) throws(CommandFailure) -> RegistrationRequest? {
        guard let address = diagnosis.address, let inboxType = diagnosis.inboxType, let settings = diagnosis.settings,
            let limit = diagnosis.dailyLimit, let smtp = credentials.smtp?.secret, let imap = credentials.imap?.secret
        else { return nil }
        do throws(RegistrationInputError) {
            return try RegistrationRequest(
                address: address, displayName: displayName, inboxType: inboxType, settings: settings,
                passwords: MailboxPasswords(smtp: smtp, imap: imap), dailyLimit: limit.recommended)
        } catch {
            throw CommandFailure(.badInput, "the account cannot be registered: \(error)")
        }
    }

    private static func notAttempted(_ reason: String) -> RegistrationOutcome {
        RegistrationOutcome(status: .notAttempted, reason: reason, obstacle: .notPermitted)
    }
}

import MailConnect
import MailModel

/// What stands before the checks of a run: the credentials that options and environment name, or else a person's, who is asked
/// once it is known what kind of password the provider wants.
struct RunBeginning {
    /// What was found out before a person was asked; nil where nobody was.
    var detection: DomainDetection?
    /// When the run began; nil for now. What a person takes to type is no part of it.
    var since: ContinuousClock.Instant?

    /// Puts the credentials into an account.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - credentials: Where they come from.
    ///   - common: How far the run may reach, and for how long.
    ///   - environment: What looks up.
    ///   - output: What shows progress.
    ///   - isOptional: Whether the run goes on without a password.
    /// - Returns: What is known by then.
    /// - Throws: `CommandFailure` where a password is needed and none was given.
    static func of(
        _ account: inout Account, _ credentials: CredentialOptions, _ common: CommonOptions,
        _ environment: CommandEnvironment, _ output: ReportOutput, isOptional: Bool
    ) async throws -> RunBeginning {
        let asked = ContinuousClock.now
        let given = try await SecretReader(credentials, timeout: common.timeout).read()
        account.smtpCredential = given.smtp
        account.imapCredential = given.imap
        var begin = RunBeginning(since: environment.began + (.now - asked))
        if given.smtp == nil, common.reach.includesServers, PasswordPrompt.isPossible {
            output.begin("Looking up \(account.domain)")
            begin = RunBeginning(detection: try await output.result(of: environment.engine.detect(account)))
            output.pause()
            guard let detection = begin.detection else { return begin }
            let address = account.address?.description ?? account.domain.description
            let password = try PasswordPrompt.ask(
                PasswordQuestion.text(for: address, detection, isOptional: isOptional))
            account.smtpCredential = password.map { .password($0) }
            account.imapCredential = given.imap ?? account.smtpCredential
        }
        guard isOptional || (account.smtpCredential != nil && account.imapCredential != nil) else {
            throw CommandFailure(
                .usage, .missingPassword,
                "add needs a password: type it on a terminal, or use --password-file, --password-command or "
                    + "MAILCONNECT_PASSWORD")
        }
        return begin
    }
}

import FoundationEssentials
import MailModel

/// The credentials of one run.
struct Credentials {
    var smtp: Credential?
    var imap: Credential?
}

/// Reads secrets from where the options, the environment or the person at the terminal have them.
struct SecretReader {
    let options: CredentialOptions
    let environment: [String: String]
    /// The seconds that each of them may take to come.
    let timeout: Double

    init(
        _ options: CredentialOptions, timeout: Double,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.options = options
        self.timeout = timeout
        self.environment = environment
    }

    /// All credentials that are named; an option comes before the environment.
    func read() async throws(CommandFailure) -> Credentials {
        let token = try await secret(
            "oauth_token", file: options.oauthTokenFile, command: options.oauthTokenCommand,
            variable: "MAILCONNECT_OAUTH_TOKEN")
        let passwordNamed = options.passwordFile != nil || options.passwordCommand != nil
        if let token, !passwordNamed { return Credentials(smtp: .accessToken(token), imap: .accessToken(token)) }
        let password = try await secret(
            "password", file: options.passwordFile, command: options.passwordCommand, variable: "MAILCONNECT_PASSWORD")
        let imap = try await secret(
            "imap_password", file: options.imapPasswordFile, command: options.imapPasswordCommand,
            variable: "MAILCONNECT_IMAP_PASSWORD")
        return Credentials(smtp: password.map { .password($0) }, imap: (imap ?? password).map { .password($0) })
    }

    /// One secret by option or environment; nil when neither names one.
    private func secret(
        _ name: String, file: String?, command: String?, variable: String
    ) async throws(CommandFailure) -> Secret? {
        if let file { return try SecretFile.secret(file, within: timeout, field: name + "_file") }
        if let command {
            return try await SecretCommand(
                command, environment: environment, timeout: .seconds(timeout), field: name + "_command"
            ).run()
        }
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return Secret(value)
    }
}

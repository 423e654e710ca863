import Foundation
import MailModel

/// The credentials of one run.
struct Credentials {
    var smtp: Credential?
    var imap: Credential?
}

/// Reads secrets from where the options, the environment or the person at the terminal have them.
struct SecretReader {
    /// A secret longer than this is no secret.
    static let maximumLength = 65_536

    let options: CredentialOptions
    let environment: [String: String]
    let timeout: Duration

    init(
        _ options: CredentialOptions, timeout: Double,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.options = options
        self.timeout = .seconds(timeout)
        self.environment = environment
    }

    /// All credentials; an option comes before the environment, and that before asking on a terminal with `prompt`.
    func read(prompt: String?) async throws(CommandFailure) -> Credentials {
        let token = try await secret(
            file: options.oauthTokenFile, command: options.oauthTokenCommand, variable: "MAILCONNECT_OAUTH_TOKEN")
        let passwordNamed = options.passwordFile != nil || options.passwordCommand != nil
        if let token, !passwordNamed { return Credentials(smtp: .accessToken(token), imap: .accessToken(token)) }
        var password = try await secret(
            file: options.passwordFile, command: options.passwordCommand, variable: "MAILCONNECT_PASSWORD")
        let imap = try await secret(
            file: options.imapPasswordFile, command: options.imapPasswordCommand,
            variable: "MAILCONNECT_IMAP_PASSWORD")
        if password == nil, let prompt { password = try PasswordPrompt.ask(prompt) }
        return Credentials(smtp: password.map { .password($0) }, imap: (imap ?? password).map { .password($0) })
    }

    /// One secret by option or environment; nil when neither names one.
    func secret(file: String?, command: String?, variable: String) async throws(CommandFailure) -> Secret? {
        if let file { return try Self.fromFile(file) }
        if let command { return try await SecretCommand(command, environment: environment, timeout: timeout).run() }
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return Secret(value)
    }

    /// The content of a file without its last line end.
    static func fromFile(_ path: String) throws(CommandFailure) -> Secret {
        let shown = ServerText(path).escaped
        let data: Data?
        if path == "-" {
            data = try? FileHandle.standardInput.read(upToCount: maximumLength + 1) ?? Data()
        } else {
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure(.noInputFile, .noSuchFile, "no such file: \(shown)")
            }
            let handle = FileHandle(forReadingAtPath: path)
            data = try? handle?.read(upToCount: maximumLength + 1) ?? Data()
        }
        guard let data else { throw CommandFailure(.noInputFile, .noSuchFile, "the file \(shown) cannot be read") }
        return try secret(from: data, source: path == "-" ? "standard input" : "the file \(shown)")
    }

    /// Text from a file or program as a secret: UTF-8, not empty, one line end taken off.
    static func secret(from data: Data, source: String) throws(CommandFailure) -> Secret {
        guard data.count <= maximumLength, var text = String(validating: data, as: UTF8.self) else {
            throw CommandFailure(.badInput, .badSecret, "\(source) holds no password: it is too long, or no UTF-8 text")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else { throw CommandFailure(.badInput, .badSecret, "\(source) is empty") }
        return Secret(text)
    }
}

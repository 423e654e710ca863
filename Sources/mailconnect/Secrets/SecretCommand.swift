import Foundation
import MailModel
import Subprocess
import SystemPackage

/// Runs a program that prints a secret. It inherits none of ours, and it has a limited time.
struct SecretCommand {
    /// How long the program may take; it may ask a person for a passphrase.
    static let timeout = Duration.seconds(60)

    /// The variables that hold secrets of ours.
    static let secretVariables = [
        "MAILCONNECT_PASSWORD", "MAILCONNECT_IMAP_PASSWORD", "MAILCONNECT_OAUTH_TOKEN", "COLDSEND_API_KEY",
    ]

    private let timeout: Duration
    private let command: String
    private let environment: [String: String]

    init(_ command: String, environment: [String: String], timeout: Duration) {
        self.timeout = min(timeout, Self.timeout)
        self.command = command
        self.environment = environment.filter { !Self.secretVariables.contains($0.key) }
    }

    /// Runs it by `/bin/sh -c` and takes what it prints.
    func run() async throws(CommandFailure) -> Secret {
        let output: Result<Data, CommandFailure> = await withTaskGroup(of: Result<Data, CommandFailure>.self) { group in
            group.addTask { await collect() }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return .failure(
                    CommandFailure(
                        .badInput, "the password command did not end in time (--timeout, at most 60 seconds)"))
            }
            let first = await group.next() ?? .failure(CommandFailure(.ourBug, "the password command was not run"))
            group.cancelAll()
            return first
        }
        return try SecretReader.secret(from: try output.get(), source: "the output of the password command")
    }

    private func collect() async -> Result<Data, CommandFailure> {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", command],
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)), input: .none,
                output: .bytes(limit: SecretReader.maximumLength), error: .currentStandardError)
            guard result.terminationStatus.isSuccess else {
                return .failure(
                    CommandFailure(.badInput, .badSecret, "the password command failed: \(result.terminationStatus)"))
            }
            return .success(Data(result.standardOutput))
        } catch {
            return .failure(CommandFailure(.badInput, .badSecret, "the password command could not be run"))
        }
    }
}

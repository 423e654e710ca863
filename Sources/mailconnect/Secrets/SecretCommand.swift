import FoundationEssentials
import Glibc
import MailModel
import Subprocess
import Synchronization
import SystemPackage

/// Runs a program that prints a secret. It inherits none of ours, it has a limited time, and nothing of it outlives that.
struct SecretCommand {
    /// How long the program may take; it may ask a person for a passphrase.
    static let timeout = Duration.seconds(60)

    /// The variables that hold secrets of ours.
    static let secretVariables = [
        "MAILCONNECT_PASSWORD", "MAILCONNECT_IMAP_PASSWORD", "MAILCONNECT_OAUTH_TOKEN", "COLDSEND_API_KEY",
        "MAILCONNECT_QUEUE_PASSWORD",
    ]

    private let timeout: Duration
    private let command: String
    private let environment: [String: String]
    private let field: String

    /// Takes a command.
    ///
    /// - Parameters:
    ///   - command: For `/bin/sh -c`.
    ///   - environment: Our variables; those that hold secrets are taken out.
    ///   - timeout: How long it may take; never more than `SecretCommand.timeout`.
    ///   - field: The option that named it.
    init(_ command: String, environment: [String: String], timeout: Duration, field: String) {
        self.field = field
        self.timeout = min(timeout, Self.timeout)
        self.command = command
        self.environment = environment.filter { !Self.secretVariables.contains($0.key) }
    }

    /// Runs it by `/bin/sh -c` and takes what it prints.
    func run() async throws(CommandFailure) -> Secret {
        // Ending it makes it fail: whichever of both is seen first, its time was over.
        let mark = LateMark()
        let output: Result<[UInt8], CommandFailure> = await withTaskGroup(of: Result<[UInt8], CommandFailure>.self) {
            group in
            group.addTask { await collect() }
            group.addTask {
                try? await Task.sleep(for: timeout)
                guard !Task.isCancelled else { return failure("was not run") }
                mark.isLate.withLock { $0 = true }
                SecretChild.end()
                return late
            }
            let first = await group.next() ?? failure("was not run")
            group.cancelAll()
            return mark.isLate.withLock { $0 } ? late : first
        }
        var octets = try output.get()
        defer { Secret.wipe(&octets) }
        return try SecretFile.secret(from: octets, source: "the output of the password command")
    }

    private var late: Result<[UInt8], CommandFailure> {
        failure("did not end in time (--timeout, at most 60 seconds)")
    }

    private func collect() async -> Result<[UInt8], CommandFailure> {
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
        ]
        SecretChild.starts()
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", command],
                environment: .custom(Dictionary(uniqueKeysWithValues: variables)), platformOptions: options,
                input: .none, output: .bytes(limit: SecretFile.maximumLength), error: .currentStandardError
            ) { execution in
                SecretChild.began(execution.processIdentifier.value)
            }
            // The keys that interrupt went to it alone; 130 is how a shell tells.
            let interrupted = [TerminationStatus.signaled(SIGINT), .exited(128 + SIGINT)]
            if SecretChild.hasTerminal, interrupted.contains(result.terminationStatus) { Interruption.shared.end() }
            SecretChild.ended()
            return collected(result.standardOutput, result.terminationStatus)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            SecretChild.end()
            return failure(
                "printed more than \(SecretFile.maximumLength) octets: that is no password")
        } catch {
            SecretChild.end(waits: false)
            return failure("could not be run")
        }
    }

    private func collected(_ output: [UInt8], _ status: TerminationStatus) -> Result<[UInt8], CommandFailure> {
        switch status {
        case .exited(0): return .success(output)
        case .exited(let code): return failure("failed: it left with status \(code)")
        case .signaled(let signal): return failure("failed: signal \(signal) ended it")
        }
    }

    private func failure(_ words: String) -> Result<[UInt8], CommandFailure> {
        .failure(CommandFailure(.badInput, .badSecret, "the password command \(words)", field: field))
    }
}

/// Whether the time of a command was over.
private final class LateMark: Sendable {
    let isLate = Mutex(false)
}

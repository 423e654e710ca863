import ArgumentParser
import Dispatch
import Foundation
import MailJSON
import MailModel
import MailNetwork
import Synchronization

/// `mailconnect`: arguments in, exit status out.
@main
struct MailConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailconnect",
        abstract: "Finds out whether a mailbox can be connected, why not, and what to do about it.",
        discussion: """
            Passwords never come from an argument. On a terminal they are asked for; else use --password-file,
            --password-command or MAILCONNECT_PASSWORD.

            Exit statuses: 0 ready, 1 action needed, 2 cannot tell, 3 registration refused, 4 registration unknown,
            64 wrong usage, 65 bad input data, 66 no such input file, 70 a mistake of ours, 130 interrupted.
            """,
        version: ToolVersion.current,
        subcommands: [
            DetectCommand.self, DoctorCommand.self, AddCommand.self, ExplainCommand.self, DiagnoseCommand.self,
            JournalCommand.self, ProvidersCommand.self, DemoCommand.self,
        ])

    /// Parses the arguments, runs the command, and leaves with its status.
    static func main() async {
        Interruption.shared.watch()
        DescriptorLimit.raise()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Console.tell(failure, as: layout(arguments))
            exit(withError: failure.status.code)
        } catch {
            leave(with: error, arguments)
        }
    }

    /// Leaves with what the parser of arguments, or something that nobody expected, has to say.
    private static func leave(with error: any Error, _ arguments: [String]) -> Never {
        let status = exitCode(for: error)
        if let layout = layout(arguments), status == .validationFailure {
            let failure = CommandFailure(.usage, .wrongUsage, message(for: error))
            try? Console(noColor: true).print(CommandFailure.json.write(failure).rendered(layout))
        } else if status == .failure, !(error is ExitCode) {
            Console.tell(CommandFailure(.ourBug, .internalError, "\(ServerText("\(error)"))"), as: layout(arguments))
            exit(withError: ExitStatus.ourBug.code)
        }
        exit(withError: error)
    }

    /// What arguments that may make no sense ask for; nil when no program reads the output.
    private static func layout(_ arguments: [String]) -> JSONWriter.Layout? {
        let options = arguments.prefix { $0 != "--" }
        guard options.contains("--json") else { return nil }
        return options.contains("--compact") ? .compact : .indented
    }
}

/// The version, in one place.
enum ToolVersion {
    static let current = "0.1.0"
    /// What this program calls itself to web servers.
    static let userAgent = "mailconnect/" + current
}

/// Leaves with status 130 when the user presses Ctrl-C, with the terminal as it was.
final class Interruption: Sendable {
    /// A program is interrupted as a whole.
    static let shared = Interruption()

    // Sendable by use: only `watch` touches it, once, before the command runs.
    nonisolated(unsafe) private let source: any DispatchSourceSignal
    /// Registration requests that are on their way: what is interrupted then may have been stored.
    private let underWay = Mutex(0)

    private init() { source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global()) }

    /// Begins to watch.
    func watch() {
        signal(SIGINT, SIG_IGN)
        source.setEventHandler { [self] in
            EchoGuard.restore()
            let note =
                underWay.withLock { $0 } > 0
                ? "The registration request was on its way: the account may be registered or not; the journal shows it "
                    + "as unknown.\n" : ""
            try? FileHandle.standardError.write(contentsOf: Data(("\nInterrupted.\n" + note).utf8))
            exit(ExitStatus.interrupted.rawValue)
        }
        source.resume()
    }

    /// Follows a registration.
    func follow(_ progress: RegistrationProgress) {
        switch progress {
        case .sending: underWay.withLock { $0 += 1 }
        case .answered: underWay.withLock { $0 -= 1 }
        case .waiting: break
        }
    }
}

import ArgumentParser
import Dispatch
import Foundation

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
        let interruption = Interruption()
        defer { withExtendedLifetime(interruption) {} }
        await main(nil)
    }
}

/// The version, in one place.
enum ToolVersion {
    static let current = "0.1.0"
}

/// Leaves with status 130 when the user presses Ctrl-C, with the terminal as it was.
private final class Interruption {
    private let source: any DispatchSourceSignal

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            EchoGuard.restore()
            let note =
                RequestUnderWay.isTrue
                ? "The registration request was on its way: the account may be registered or not; the journal shows it "
                    + "as unknown.\n" : ""
            try? FileHandle.standardError.write(contentsOf: Data(("\nInterrupted.\n" + note).utf8))
            exit(ExitStatus.interrupted.rawValue)
        }
        source.resume()
    }
}

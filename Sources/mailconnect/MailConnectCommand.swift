import ArgumentParser
import FoundationEssentials
import Glibc
import MailJSON
import MailModel
import MailNetwork

/// `mailconnect`: arguments in, exit status out.
@main
struct MailConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailconnect",
        abstract: "Finds out whether a mailbox can be connected, why not, and what to do about it.",
        discussion: """
            Passwords never come from an argument: they are asked for on a terminal, or come from --password-file, \
            --password-command or MAILCONNECT_PASSWORD.

            Examples:
              mailconnect jane@example.com         what is wrong, and who must act
              mailconnect detect example.com       whose mailboxes, which servers
              mailconnect explain "535 5.7.8 ..."  what a pasted error means
              mailconnect batch accounts.csv       the same for thousands
              mailconnect help bad_credentials     what a finding means

            Exit statuses:
              0 ready             3 registration refused   66 no such input file
              1 action needed     4 registration unknown   70 a mistake of ours
              2 cannot tell      64 wrong usage            74 result not written
                                 65 bad input data        130 interrupted
            """,
        version: ToolVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Mailbox",
                subcommands: [
                    DetectCommand.self, DoctorCommand.self, AddCommand.self, BatchCommand.self, WorkerCommand.self,
                ]),
            CommandGroup(
                name: "Error and report",
                subcommands: [ExplainCommand.self, DiagnoseCommand.self, ReportCommandLine.self]),
            CommandGroup(
                name: "Catalogue and journal",
                subcommands: [
                    JournalCommand.self, ProvidersCommand.self, DemoCommand.self, FleetDemoCommand.self,
                    ManualCommand.self,
                ]),
        ])

    /// Parses the arguments, runs the command, and leaves with its status.
    static func main() async {
        StandardDescriptors.fill()
        ProcessPrivacy.protect()
        Interruption.shared.watch()
        DescriptorLimit.raise()
        let arguments = meant(Array(CommandLine.arguments.dropFirst()))
        do {
            if let words = FindingHelp.words(for: arguments) {
                try Console(noColor: true).print(words)
                exit(withError: nil)
            }
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

    /// `mailconnect ADDRESS` means `mailconnect doctor ADDRESS`.
    private static func meant(_ arguments: [String]) -> [String] {
        guard let first = arguments.first, !first.hasPrefix("-"), first.contains("@") else { return arguments }
        return ["doctor"] + arguments
    }

    /// Leaves with what the parser of arguments, or something that nobody expected, has to say.
    private static func leave(with error: any Error, _ arguments: [String]) -> Never {
        let status = exitCode(for: error)
        if status == .validationFailure {
            if let layout = layout(arguments) {
                let failure = CommandFailure(.usage, .wrongUsage, safe(message(for: error), arguments))
                _ = try? Console(noColor: true).print(CommandFailure.json.write(failure).rendered(layout))
            }
            let shown = configuration.subcommands.filter { $0.configuration.shouldDisplay }
            let names = shown.compactMap { $0.configuration.commandName } + ["help"]
            let called = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
            let help = helpMessage(for: called ?? self, columns: 200)
            let hint = ArgumentHints.hint(for: arguments, commands: names, help: help).map { $0 + "\n" } ?? ""
            let text = hint + safe(fullMessage(for: error), arguments) + "\n"
            StandardError.write(text)
            exit(withError: ExitStatus.usage.code)
        }
        if status == .failure, !(error is ExitCode) {
            Console.tell(CommandFailure(.ourBug, .internalError, "\(ServerText("\(error)"))"), as: layout(arguments))
            exit(withError: ExitStatus.ourBug.code)
        }
        exit(withError: error)
    }

    /// A message of the parser, which quotes arguments as they came: nothing in it moves the cursor or begins a line.
    private static func safe(_ message: String, _ arguments: [String]) -> String {
        // An option and its value can be one argument; the message quotes the value alone then.
        let values = arguments.compactMap { $0.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init) }
        let quoted = (arguments + values).reduce(message) { text, argument in
            let escaped = ServerText(argument).escaped
            return escaped == argument ? text : text.replacing(argument, with: escaped)
        }
        let lines = quoted.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { ServerText(String($0)).escaped }.joined(separator: "\n")
    }

    /// What arguments that may make no sense ask for; nil when no program reads the output.
    private static func layout(_ arguments: [String]) -> JSONWriter.Layout? {
        let options = arguments.prefix { $0 != "--" }
        guard options.contains("--json") else { return nil }
        return options.contains("--compact") ? .compact : .indented
    }
}

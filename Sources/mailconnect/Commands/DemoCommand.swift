import ArgumentParser
import FoundationEssentials
import Glibc
import MailConnect
import MailJSON
import MailLoopback
import MailModel
import MailReport
import ProviderCatalog

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show detect, doctor and add for three mailboxes, against servers inside this process.",
        discussion: "Nothing leaves this machine: the servers, their certificates and the DNS are made on the spot.")

    @Flag(help: "Show all accounts of the demonstration, not the first three only.") var all = false
    @OptionGroup var form: JSONOptions
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Option(help: ArgumentHelp("Folder of the demonstration's files.", valueName: "dir")) var fixtures: String?
    @Flag(name: .shortAndLong, help: "Show what was said on the wire, secrets masked.") var verbose = false
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    func run() async throws {
        try await Console.run {
            let catalog = try CatalogLoading.load(providers)
            let stage = try await DemoStage(folder: try DemoFolder.find(fixtures), catalog: catalog)
            let result: [DemoScene.Result]
            do {
                result = try await scenes(stage, catalog)
            } catch {
                await stage.close()
                throw error
            }
            await stage.close()
            return try finish(result)
        }
    }

    /// Each mailbox on a screen of its own: what a person would type, and the report of the last command.
    private func scenes(_ stage: DemoStage, _ catalog: Catalog) async throws -> [DemoScene.Result] {
        let console = Console(noColor: noColor)
        let accounts = all ? stage.accounts : Array(stage.accounts.prefix(3))
        var results: [DemoScene.Result] = []
        for (number, account) in accounts.enumerated() {
            let scene = DemoScene(account: account, stage: stage)
            if form.layout == nil {
                try console.print((number == 0 ? "" : "\n") + "\(number + 1) of \(accounts.count): \(account.about)\n")
            }
            for act in DemoScene.Act.allCases {
                let report = try await scene.play(act)
                let result = DemoScene.Result(account: account, act: act, report: report)
                results.append(result)
                guard form.layout == nil else { continue }
                try console.print("$ mailconnect \(scene.commandLine(act))")
                // The first account shows a detection, the others what came of their check.
                let isShown = number == 0 ? act == .detect || act == .add : act == .doctor
                try console.print(isShown ? text(of: report, console) : result.short)
            }
        }
        return results
    }

    private func text(of report: Report, _ console: Console) -> String {
        let style = TerminalStyle(
            colour: console.colour, width: console.width, verbose: verbose, unicode: console.unicode)
        let words = CommandLineRemedies.words(for: report.diagnosis.address?.description)
        return TerminalReport.renderFirst(report, style: style, remedyWords: words)
    }

    private func finish(_ results: [DemoScene.Result]) throws(CommandFailure) -> ExitStatus {
        let console = Console(noColor: noColor)
        let last = results.filter { $0.act == .add }
        if let layout = form.layout {
            let object: JSONValue = [
                "schema": 1, "command": "demo", "reports": .list(results.map { Report.json.write($0.report) }),
            ]
            try console.print(object.rendered(layout))
        } else {
            let more = "More: demo --all has all accounts; on a real one, doctor ADDRESS --all shows everything."
            try console.print((["", more, "", "The verdicts:"] + last.map(\.line)).joined(separator: "\n"))
        }
        return last.isEmpty ? .ourBug : .ready
    }
}

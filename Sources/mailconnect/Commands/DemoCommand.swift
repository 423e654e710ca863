import ArgumentParser
import Foundation
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

    private func scenes(_ stage: DemoStage, _ catalog: Catalog) async throws -> [DemoScene.Result] {
        let console = Console(noColor: noColor)
        let style = TerminalStyle(
            colour: console.colour, width: console.width, verbose: verbose, unicode: console.unicode)
        let accounts = all ? stage.accounts : Array(stage.accounts.prefix(3))
        var results: [DemoScene.Result] = []
        for (number, account) in accounts.enumerated() {
            let title = "\(number + 1) of \(accounts.count): \(account.about)"
            if form.layout == nil { try console.print(heading(title, first: number == 0)) }
            let scene = DemoScene(account: account, stage: stage)
            for act in DemoScene.Act.allCases {
                let report = try await scene.play(act)
                results.append(DemoScene.Result(account: account, act: act, report: report))
                guard form.layout == nil else { continue }
                try console.print("\n$ mailconnect \(scene.commandLine(act))\n")
                try console.print(text(of: report, act, first: number == 0, style))
            }
        }
        return results
    }

    private func heading(_ text: String, first: Bool) -> String {
        (first ? "" : "\n") + text + "\n" + String(repeating: "=", count: min(text.count, 80))
    }

    /// The first detection is shown with its evidence; what a page has shown already is not shown again.
    private func text(of report: Report, _ act: DemoScene.Act, first: Bool, _ style: TerminalStyle) -> String {
        switch act {
        case .detect where !first:
            TerminalReport.renderAnswer(report, style: style, remedyWords: CommandLineRemedies.words)
        case .add:
            "(the same checks)\n\n"
                + TerminalReport.renderRegistration(report, style: style, remedyWords: CommandLineRemedies.words)
        case .detect, .doctor: TerminalReport.render(report, style: style, remedyWords: CommandLineRemedies.words)
        }
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
            try console.print((["", "The verdicts:"] + last.map(\.line)).joined(separator: "\n"))
        }
        return last.isEmpty ? .ourBug : .ready
    }
}

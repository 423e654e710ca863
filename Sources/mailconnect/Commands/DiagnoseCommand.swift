import ArgumentParser
import Foundation
import MailDiagnosis
import MailModel
import MailReport
import ProviderCatalog

struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Judge a saved report again, with today's catalogue and no network.",
        discussion: "The report is one that was saved with --json; - reads it from standard input.")

    @Argument(help: "The saved report.") var report: String
    @OptionGroup var form: JSONOptions
    @Option(help: ArgumentHelp("Write the report as one HTML page as well.", valueName: "file")) var html: String?
    @Option(help: ArgumentHelp("How long to wait for the report on standard input or a pipe.", valueName: "seconds"))
    var timeout = 30.0
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Flag(name: .shortAndLong, help: "Show what was said on the wire, secrets masked.") var verbose = false
    @Flag(name: .shortAndLong, help: "Print no report; the exit status tells.") var quiet = false
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    func run() async throws {
        try await Console.run {
            let saved = try read()
            let output = try ReportOutput(
                json: form.layout, quiet: quiet, verbose: verbose, html: html, noColor: noColor)
            let catalog = try CatalogLoading.load(providers)
            let diagnosis = Reevaluation.judged(saved, catalog: catalog)
            let report = Report(
                tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: catalog.version),
                command: .diagnose, diagnosis: diagnosis)
            return output.end(report, with: ExitStatus(diagnosis.verdict))
        }
    }

    private func read() throws(CommandFailure) -> Diagnosis {
        let octets = try BoundedInput(limit: SavedReport.limit, seconds: timeout).data(
            of: report, .badReport, "report")
        do throws(SavedReportError) {
            return try SavedReport.diagnosis(from: Data(octets))
        } catch {
            throw CommandFailure(
                .badInput, .badReport, "\(ServerText(report)): \(error)", field: error.path.isEmpty ? nil : error.path,
                line: error.line)
        }
    }
}

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
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?
    @Flag(name: .shortAndLong, help: "Show what was said on the wire, secrets masked.") var verbose = false
    @Flag(name: .shortAndLong, help: "Print no report; the exit status tells.") var quiet = false
    @Flag(help: "Use no colour (also NO_COLOR).") var noColor = false

    func run() async throws {
        try await Console.run {
            let saved = try read()
            let output = ReportOutput(
                json: form.layout, quiet: quiet, verbose: verbose, html: html, noColor: noColor)
            try output.prepare()
            let catalog = try CatalogLoading.load(providers)
            let diagnosis = Reevaluation.judged(saved, catalog: catalog)
            try output.write(
                Report(
                    tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: catalog.version),
                    command: .diagnose, diagnosis: diagnosis))
            return ExitStatus(diagnosis.verdict)
        }
    }

    private func read() throws(CommandFailure) -> Diagnosis {
        let octets = try octets()
        do throws(SavedReportError) {
            return try SavedReport.diagnosis(from: octets)
        } catch {
            throw CommandFailure(
                .badInput, .badReport, "\(ServerText(report)): \(error)", field: error.path.isEmpty ? nil : error.path,
                line: error.line)
        }
    }

    /// The file, up to one octet more than is taken.
    private func octets() throws(CommandFailure) -> Data {
        guard report == "-" || FileManager.default.fileExists(atPath: report) else {
            throw CommandFailure(.noInputFile, .noSuchFile, "no such report: \(ServerText(report))", field: "report")
        }
        do {
            let file =
                report == "-"
                ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: report))
            var octets = Data()
            while octets.count <= SavedReport.limit,
                let part = try file.read(upToCount: 1_048_576), !part.isEmpty
            {
                octets += part
            }
            return octets
        } catch {
            throw CommandFailure(
                .badInput, .badReport, "the report cannot be read: \(ServerText(report))", field: "report")
        }
    }
}

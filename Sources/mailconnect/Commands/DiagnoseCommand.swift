import ArgumentParser
import FoundationEssentials
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
    @OptionGroup var form: ReportOptions
    @Option(help: ArgumentHelp("How long to wait for the report on standard input or a pipe.", valueName: "seconds"))
    var timeout = 30.0
    @Option(help: ArgumentHelp("Folder of the catalogue (also MAILCONNECT_PROVIDERS).", valueName: "dir"))
    var providers: String?

    func run() async throws {
        try await Console.run {
            let saved = try read()
            let output = try ReportOutput(form)
            let catalog = try CatalogLoading.load(providers)
            let diagnosis = Reevaluation.judged(saved, catalog: catalog)
            let report = Report(
                tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: catalog.version),
                command: .diagnose, diagnosis: diagnosis)
            return output.end(report, with: ExitStatus(diagnosis.verdict))
        }
    }

    private func read() throws(CommandFailure) -> Diagnosis {
        try SavedInput.read(report, within: timeout) { octets throws(SavedReportError) in
            try SavedReport.diagnosis(from: octets)
        }
    }
}

/// A report that was saved with `--json`, shown in any form as it was judged then.
struct ReportCommandLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show a saved report in any form, as it was judged then. Needs no network and no catalogue.",
        discussion: "The report is one that was saved with --json; - reads it from standard input.")

    @Argument(help: "The saved report.") var report: String
    @Flag(help: "Print it as text, which is the usual form.") var text = false
    @OptionGroup var form: ReportOptions
    @Option(help: ArgumentHelp("How long to wait for the report on standard input or a pipe.", valueName: "seconds"))
    var timeout = 30.0

    mutating func validate() throws {
        if text, form.markdown || form.form.json { throw ValidationError("--text excludes --markdown and --json") }
    }

    func run() async throws {
        try await Console.run {
            let output = try ReportOutput(form)
            let saved = try SavedInput.read(report, within: timeout) { octets throws(SavedReportError) in
                try SavedReport.report(from: octets)
            }
            // It is shown, not judged: that it could be read is all that the status says.
            return output.end(saved, with: .ready)
        }
    }
}

/// Reads a saved report where the argument has it.
enum SavedInput {
    static func read<Value>(
        _ path: String, within seconds: Double, _ reader: (Data) throws(SavedReportError) -> Value
    ) throws(CommandFailure) -> Value {
        let octets = try BoundedInput(limit: SavedReport.limit, seconds: seconds).data(of: path, .badReport, "report")
        do throws(SavedReportError) {
            return try reader(Data(octets))
        } catch {
            throw CommandFailure(
                .badInput, .badReport, "\(ServerText(path)): \(error)", field: error.path.isEmpty ? nil : error.path,
                line: error.line)
        }
    }
}

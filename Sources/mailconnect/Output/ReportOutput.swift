import Foundation
import MailConnect
import MailJSON
import MailModel
import MailRegistration
import MailReport

/// Shows a run: progress while it lasts, the report at its end.
struct ReportOutput: Sendable {
    private let json: JSONWriter.Layout?
    private let quiet: Bool
    private let verbose: Bool
    private let html: String?
    private let console: Console
    private let progress: ProgressLine

    /// Takes what the options say; `form` is how progress is shown where they do not forbid it, nil for one line if watched.
    init(_ options: CommonOptions, progress form: ProgressLine.Form? = nil) {
        self.init(
            json: options.form.layout, quiet: options.quiet, verbose: options.verbose, html: options.html,
            noColor: options.noColor, progress: form)
    }

    init(
        json: JSONWriter.Layout?, quiet: Bool, verbose: Bool, html: String?, noColor: Bool,
        progress form: ProgressLine.Form? = nil
    ) {
        self.json = json
        self.quiet = quiet
        self.verbose = verbose
        self.html = html
        console = Console(noColor: noColor)
        let usual = form ?? (console.watched ? .line : .none)
        progress = ProgressLine(form: json != nil || quiet ? .none : usual)
    }

    /// Makes sure, before anything is done, that the report can be written where it is wanted.
    func prepare() throws(CommandFailure) {
        guard let html else { return }
        let folder = URL(fileURLWithPath: html).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: html, isDirectory: &isFolder)
        guard FileManager.default.isWritableFile(atPath: folder), !(exists && isFolder.boolValue) else {
            throw CommandFailure(
                .usage, .outputNotWritable, "the HTML report cannot be written to \(ServerText(html))", field: "html")
        }
    }

    /// Says what begins.
    @Sendable func begin(_ text: String) { progress.update(text) }

    /// Waits for a run and says meanwhile what it does.
    ///
    /// - Throws: `CommandFailure` for the reasons why a run cannot begin or end.
    func result<Result: Sendable>(of run: Run<Result>) async throws -> Result {
        let progress = progress
        let reader = Task {
            for await event in run.events {
                if case .registering(let step) = event.kind { Interruption.shared.follow(step) }
                progress.follow(event)
            }
        }
        defer { reader.cancel() }
        do {
            let result = try await run.result
            await reader.value
            return result
        } catch let error as EngineError {
            switch error {
            case .unknownProvider:
                throw CommandFailure(
                    .usage, .unknownProvider, "\(error); see: mailconnect providers list", field: "provider")
            case .trust: throw CommandFailure(.badInput, .badTrust, "\(error)", field: "ca_file")
            case .catalogue: throw CommandFailure(.badInput, .badCatalogue, "\(error)")
            case .network: throw CommandFailure(.ourBug, "\(error)")
            }
        } catch let error as JournalError {
            throw JournalOptions.failure(error)
        } catch let error as RegistrationInputError {
            throw CommandFailure(.badInput, .badAccount, "the account cannot be registered: \(error)")
        }
    }

    /// Writes the report where the options want it.
    func write(_ report: Report) throws(CommandFailure) {
        progress.clear()
        if let json {
            try console.print(JSONReport.render(report, json))
        } else if !quiet {
            let style = TerminalStyle(
                colour: console.colour, width: console.width, verbose: verbose, unicode: console.unicode)
            try console.print(TerminalReport.render(report, style: style, remedyWords: CommandLineRemedies.words))
        }
        if let html { try write(HTMLReport.render(report, remedyWords: CommandLineRemedies.words), to: html) }
    }

    private func write(_ text: String, to path: String) throws(CommandFailure) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                .ourBug, .outputNotWritable, "the HTML report cannot be written to \(ServerText(path))", field: "html")
        }
    }
}

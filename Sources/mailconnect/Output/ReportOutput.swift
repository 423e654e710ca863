import FoundationEssentials
import MailConnect
import MailJSON
import MailModel
import MailRegistration
import MailReport

/// Shows a run: progress while it lasts, the report at its end.
struct ReportOutput: Sendable {
    private let options: ReportOptions
    private let html: OutputFile?
    private let console: Console
    private let progress: ProgressLine

    /// Takes what the options say; `form` is how progress is shown where they do not forbid it, nil for one line if watched.
    ///
    /// - Throws: `CommandFailure` when the report cannot be written where it is wanted: before anything is done.
    init(_ options: ReportOptions, progress form: ProgressLine.Form? = nil) throws(CommandFailure) {
        self.options = options
        html = try options.html.map { path throws(CommandFailure) in try OutputFile(path, option: "html") }
        console = Console(noColor: options.noColor)
        let usual = form ?? (console.watched ? .line : .none)
        progress = ProgressLine(form: options.form.json || options.quiet ? .none : usual)
    }

    /// Says what begins.
    @Sendable func begin(_ text: String) { progress.update(text) }

    /// Takes the progress away while a person is asked.
    func pause() { progress.clear() }

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
            throw Self.failure(error)
        } catch let error as JournalError {
            throw JournalOptions.failure(error)
        } catch let error as RegistrationInputError {
            throw CommandFailure(.badInput, .badAccount, "the account cannot be registered: \(error)")
        }
    }

    /// What a run that cannot begin is for a script.
    static func failure(_ error: EngineError) -> CommandFailure {
        switch error {
        case .unknownProvider:
            CommandFailure(.usage, .unknownProvider, "\(error); see: mailconnect providers list", field: "provider")
        case .trust: CommandFailure(.badInput, .badTrust, "\(error)", field: "ca_file")
        case .catalogue: CommandFailure(.badInput, .badCatalogue, "\(error)")
        case .network: CommandFailure(.ourBug, "\(error)")
        }
    }

    /// Writes the report where the options want it.
    ///
    /// What cannot be written takes nothing back: a registration is told on standard error then, and by the status.
    ///
    /// - Parameters:
    ///   - full: The report, as it was made.
    ///   - status: What the run comes to.
    /// - Returns: The status to leave with.
    func end(_ full: Report, with status: ExitStatus) -> ExitStatus {
        progress.clear()
        guard let report = options.share ? SharedReport.of(full) : full else {
            let told = Self.words(full.registration)
            Console.say("the report could not be made fit to share, so it is not shown\(told.map { "; \($0)" } ?? "")")
            return told == nil ? .ourBug : status
        }
        let words = CommandLineRemedies.words(
            for: report.diagnosis.address?.description ?? report.diagnosis.domain.description)
        var isRead = true
        var failures: [CommandFailure] = []
        do throws(CommandFailure) { isRead = try show(report, words) } catch { failures.append(error) }
        do throws(CommandFailure) {
            try html?.write(HTMLReport.render(report, remedyWords: words))
        } catch {
            failures.append(error)
        }
        for failure in failures { Console.say(failure.description) }
        guard !isRead || !failures.isEmpty else { return status }
        if let told = Self.words(full.registration) {
            Console.say("the report was not written whole; \(told)")
            return status
        }
        return failures.isEmpty ? status : .outputFailed
    }

    private func show(_ report: Report, _ words: RemedyWords) throws(CommandFailure) -> Bool {
        if let layout = options.form.layout { return try console.print(JSONReport.render(report, layout)) }
        guard !options.quiet else { return true }
        guard !options.markdown else {
            return try console.print(MarkdownReport.render(report, verbose: options.verbose, remedyWords: words))
        }
        let style = TerminalStyle(
            colour: console.colour, width: console.width, verbose: options.verbose, unicode: console.unicode,
            everything: options.all)
        return try console.print(TerminalReport.render(report, style: style, remedyWords: words))
    }

    /// What became of a registration for which a request left; nil when none did.
    private static func words(_ outcome: RegistrationOutcome?) -> String? {
        guard let outcome else { return nil }
        let id = outcome.inboxID.map { " (inbox id \(ServerText($0)))" } ?? ""
        return switch outcome.status {
        case .registered: "the account is registered\(id)"
        case .alreadyRegistered: "the account was registered already\(id)"
        case .refused: "the API refused the account"
        case .unknown: "whether the account is registered is unknown: see mailconnect journal"
        case .notAttempted: nil
        }
    }
}

import FoundationEssentials
import Glibc
import MailBatch
import MailConnect
import MailModel
import MailNetwork
import MailQueue
import MailRegistration
import MailReport
import QueueSupport

/// One `batch`, from the files that it writes to its exit status.
struct BatchRun {
    let command: BatchCommand
    let rows: FileRows

    private var report: ReportOptions { command.common.report }

    /// Works the file off.
    func run() async throws -> ExitStatus {
        try rows.readBeginning()
        for role in [ColumnRole.passwordCommand, .imapPasswordCommand] where rows.columns?.places[role] != nil {
            Console.say("the file has a column \(role.rawValue): its commands are run on this machine")
        }
        let html = try report.html.map { try OutputFile($0, option: "html") }
        let results = try command.results.map { try OutputFile($0, option: "results") }
        let lines = try command.output.map { try OutputFile($0, option: "output").stream() }
        let state = try opened()
        let access = try access()
        let isQueued = command.queue.queue != nil
        let journal =
            access == nil || isQueued ? OpenedJournal() : try command.journal.open(within: command.common.timeout)
        let environment = try BatchEnvironment(command)
        let console = Console(noColor: report.noColor)
        let display = BatchDisplay(form: form(console), width: console.width) { [rows] in rows.expected(read: $0) }
        let sink = BatchLines(console: report.form.json ? console : nil, file: lines, display: display)
        let registration = access.map { environment.registration($0, journal) }
        var options = options(environment, registration, access?.secrets ?? [])
        let queued = try await queued(environment, state)
        options.remote = queued
        let batch = Batch(engine: environment.engine, state: state, options: options)
        Interruption.shared.soften { [rows] in
            display.clear()
            Console.say("what is under way is finished first; interrupt once more to end at once")
            batch.stop()
            rows.stop()
        }
        let result = try await ended { try await batch.run(rows, into: sink) }
        Interruption.shared.soften(nil)
        if result.isInterrupted { await queued?.flush() } else { await queued?.finish() }
        display.clear()
        let summary = BatchSummary(try await ended { try await state.summaryGroups() }, duration: result.duration)
        return try await finish(result, summary, state, sink, Files(html: html, results: results), console)
    }

    /// The files that are written at the end.
    private struct Files {
        var html: OutputFile?
        var results: OutputFile?
    }

    private func finish(
        _ result: Batch.Result, _ summary: BatchSummary, _ state: BatchState, _ sink: BatchLines, _ files: Files,
        _ console: Console
    ) async throws -> ExitStatus {
        let words = BatchWords(summary, result)
        // Each is written whatever becomes of the others.
        var failures: [any Error] = []
        do { try sink.write(summary.json) } catch { failures.append(error) }
        do {
            try await files.results?.write { write in
                try await ResultsCSV(state, headers: rows.shownHeaders).write(write)
            }
        } catch { failures.append(error) }
        do { try await files.html?.write(BatchHTML(summary, words, state).render()) } catch { failures.append(error) }
        if !report.form.json, !report.quiet {
            do {
                try console.print(report.markdown ? words.markdown : words.text(width: console.width))
            } catch { failures.append(error) }
        }
        for failure in failures { Console.say("\(failure)") }
        if result.isInterrupted { return .interrupted }
        let status = ExitStatus(
            rawValue: Int32(clamping: summary.status(ignoringUnclear: command.failOn == .actionNeeded)))
        return failures.isEmpty || status != .ready ? status ?? .ourBug : .outputFailed
    }

    private func form(_ console: Console) -> BatchDisplay.Form {
        report.quiet ? .none : console.watched ? .live : .lines
    }

    private func opened() throws -> BatchState {
        let path = command.state ?? command.file + ".state"
        do throws(BatchStateError) {
            return try BatchState(path: path)
        } catch {
            throw Self.failure(error)
        }
    }

    /// The queue that the rows are handed over to; nil where they are checked here.
    private func queued(_ environment: BatchEnvironment, _ state: BatchState) async throws -> QueuedRows? {
        guard
            let opened = try await command.queue.opened(
                environment.trusted, within: command.common.timeout, name: "mailconnect batch")
        else { return nil }
        var orders = QueuedRows.Orders(
            tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: environment.catalogueVersion))
        orders.registers = command.register
        let named = command.apiUrl ?? ProcessInfo.processInfo.environment["COLDSEND_API_URL"] ?? ""
        if command.register, !named.isEmpty { orders.base = try access().map { "\($0.base)" } }
        orders.acceptsWarnings = command.acceptWarnings
        orders.isPaced = command.pace == .default
        let (settled, replicas) = (orders, command.queue.queueReplicas)
        return try await ended {
            try await QueuedRows(
                opened.connection, opened.keys, state, settled, replicas: replicas, tell: { Console.say($0) })
        }
    }

    private func access() throws -> APIAccess? {
        guard command.register else { return nil }
        return try APIAccess(
            url: command.apiUrl, keyFile: command.apiKeyFile, keyNeeded: command.queue.queue == nil,
            within: command.common.timeout)
    }

    private func options(
        _ environment: BatchEnvironment, _ registration: RegistrationService?, _ secrets: [Secret]
    ) -> BatchOptions {
        var options = BatchOptions(
            tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: environment.catalogueVersion))
        options.concurrency = environment.concurrency
        options.isPaced = command.pace == .default
        options.registration = registration
        options.acceptsWarnings = command.acceptWarnings
        options.retry =
            command.retryFailed || command.retry == .failed ? .failed : command.retry == nil ? .none : .cannotTell
        let common = command.common
        options.shape = { account in
            common.shape(&account)
            account.otherSecrets = secrets
        }
        let timeout = common.timeout
        let commands = SecretQueue()
        options.secrets = { source throws(InputProblem) in try await commands.secret(source, timeout: timeout) }
        return options
    }

    private func ended<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as BatchStateError {
            throw Self.failure(error)
        } catch let error as JournalError {
            throw JournalOptions.failure(error)
        } catch let error as EngineError {
            throw ReportOutput.failure(error)
        } catch let error as QueueError {
            throw QueueOptions.failure(error)
        }
    }

    /// What a failure of the state file is for a script.
    private static func failure(_ error: BatchStateError) -> CommandFailure {
        let status: ExitStatus =
            switch error.code {
            case .cannotOpen: .usage
            case .notAState: .badInput
            case .busy: .cannotTell
            case .noSpace, .failed: .outputFailed
            }
        return CommandFailure(status, .badState, "\(error) (--state)", field: "state")
    }
}

/// What a batch works with, made from its options.
struct BatchEnvironment {
    let engine: Engine
    /// Accounts at once.
    let concurrency: Int
    let catalogueVersion: String
    private let network: NetworkStack
    /// It holds what was read from a pipe as long as there are connections.
    let trusted: TrustedFile?

    /// Connections to one server at once where no manners are asked for. Beyond a few hundred, servers let connections wait
    /// without a greeting, and that would look like their fault.
    private static let unpacedPerHost = 200

    init(_ command: BatchCommand) throws(CommandFailure) {
        try self.init(
            concurrency: command.concurrency, command.common,
            perHost: command.pace == .none ? Self.unpacedPerHost : ConnectionBudget.standardPerHost,
            freshTLS: command.freshTls)
    }

    init(concurrency wanted: Int, _ common: CommonOptions, perHost: Int, freshTLS: Bool) throws(CommandFailure) {
        concurrency = BatchOptions.concurrency(wanted: wanted, descriptors: DescriptorLimit.current)
        let catalog = try CatalogLoading.load(common.providers)
        catalogueVersion = catalog.version
        trusted = try common.trustedFile()
        let resolver = try NamedResolver.resolver(common.resolver)
        let budget = ConnectionBudget(perHost: perHost)
        let http = try? CurlHTTPClient(
            resolver: resolver, caFile: trusted?.path, userAgent: ToolVersion.userAgent, budget: budget)
        network = NetworkStack(
            resolver: resolver, caFile: trusted?.path, http: http, budget: budget,
            sessions: freshTLS ? nil : TLSSessionStore())
        var options = Engine.Options()
        options.maximumRuns = concurrency
        options.keepsTranscripts = common.report.verbose
        engine = Engine(catalog: catalog, network: network, options: options)
    }

    /// Where accounts are registered.
    func registration(_ access: APIAccess, _ journal: OpenedJournal) -> RegistrationService {
        RegistrationService(
            base: access.base, key: access.key, journal: journal.journal, network: network,
            userAgent: ToolVersion.userAgent)
    }
}

/// Reads the secrets that rows name, one after another: a command may ask a person at the terminal.
actor SecretQueue {
    private var turn: Task<Void, Never>?

    func secret(_ source: SecretSource, timeout: Double) async throws(InputProblem) -> Secret {
        let before = turn
        let task = Task { () -> Result<Secret, InputProblem> in
            await before?.value
            return await Self.read(source, timeout)
        }
        turn = Task { _ = await task.value }
        return try await task.value.get()
    }

    private static func read(_ source: SecretSource, _ timeout: Double) async -> Result<Secret, InputProblem> {
        do throws(CommandFailure) {
            switch source {
            case .value(let secret): return .success(secret)
            case .file(let path):
                guard path != "-" else {
                    return .failure(InputProblem(.badSecret, "a password file must be named; - is none"))
                }
                return .success(try SecretFile.secret(path, within: timeout, field: "password_file"))
            case .command(let command):
                return .success(
                    try await SecretCommand(
                        command.revealed, environment: ProcessInfo.processInfo.environment,
                        timeout: .seconds(timeout), field: "password_command"
                    ).run())
            }
        } catch {
            return .failure(InputProblem(.badSecret, error.description, field: error.field))
        }
    }
}

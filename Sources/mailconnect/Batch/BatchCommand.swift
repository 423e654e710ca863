import ArgumentParser
import FoundationEssentials
import MailBatch
import MailConnect
import MailModel
import MailNetwork
import MailRegistration
import MailReport
import QueueSupport

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Check many accounts from a CSV or NDJSON file, and register them with --register.",
        discussion: """
            The first line names the columns: email_address, smtp_password, ..., or the headers of other products' \
            exports. What was done is remembered in FILE.state: interrupted or killed, the same command goes on, answers \
            every row once and sends no login twice. Secrets are never written anywhere.

            Exit statuses: 0 every row is ready (registered, with --register), else the highest of the rows' statuses, \
            65 for a row that cannot be used; 130 interrupted.

            Examples:
              mailconnect batch accounts.csv --check
              mailconnect batch accounts.csv --results results.csv --html overview.html
              mailconnect batch accounts.csv --register --api-key-file key.txt
            """)

    @Argument(help: "The file; - is standard input.", completion: .file()) var file: String
    @Flag(help: "Only read the file, and say what would be done.") var check = false
    @Flag(help: "Register the accounts that are ready.") var register = false
    @Flag(help: "Register accounts with warnings too.") var acceptWarnings = false
    @Option(help: ArgumentHelp("Write a report a line, as rows finish.", valueName: "file"), completion: .file())
    var output: String?
    @Option(
        help: ArgumentHelp("Write the rows with what became of them, without secrets.", valueName: "file.csv"),
        completion: .file())
    var results: String?
    @Option(
        help: ArgumentHelp("Remember here what was done (default: FILE.state).", valueName: "file"), completion: .file()
    )
    var state: String?
    @Option(help: ArgumentHelp("Accounts at once, as far as there is room for them.", valueName: "n"))
    var concurrency = BatchOptions.usualConcurrency
    @Option(help: ArgumentHelp("How providers are spared: default, or none.", valueName: "default|none"))
    var pace = PaceArgument.default
    @Option(help: ArgumentHelp("What columns hold: smtp_password=Kennwort,email_address=Adresse", valueName: "map"))
    var columns: ColumnsArgument?
    @Flag(help: "Try all rows again that are not ready.") var retryFailed = false
    @Option(help: ArgumentHelp("Try rows again: cannot_tell or failed.", valueName: "which"))
    var retry: RetryArgument?
    @Flag(help: "Make a full TLS handshake for every row.") var freshTls = false
    @Option(
        help: ArgumentHelp(
            "What makes the status differ from 0: cannot_tell (anything that is not ready), or action_needed (not what is merely unclear).",
            valueName: "cannot_tell|action_needed"))
    var failOn = FailOnArgument.cannotTell
    @Option(help: ArgumentHelp("The API's base (also COLDSEND_API_URL).", valueName: "url")) var apiUrl: String?
    @Option(help: ArgumentHelp("Read the API key from this file (also COLDSEND_API_KEY).", valueName: "file"))
    var apiKeyFile: String?
    @OptionGroup var queue: QueueOptions
    @OptionGroup var journal: JournalOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        guard (1...10_000).contains(concurrency) else { throw ValidationError("--concurrency takes 1 to 10000") }
        if register, !common.reach.includesServers {
            throw ValidationError(
                "--register has to verify the logins: --offline and --dns-only cannot be used with it")
        }
        if retryFailed, retry != nil { throw ValidationError("--retry-failed and --retry exclude each other") }
        if common.report.share { throw ValidationError("--share is for single reports") }
        if file == "-", state == nil, !check {
            throw ValidationError("what comes from standard input needs --state FILE to be remembered")
        }
    }

    func run() async throws {
        try await Console.run {
            var reading = RowReader.Options()
            reading.columns = columns?.columns ?? [:]
            reading.needsName = register
            let rows = try FileRows(file, reading, timeout: common.timeout)
            if check { return try await BatchPreview(rows: rows, options: common.report).run() }
            return try await BatchRun(command: self, rows: rows).run()
        }
    }
}

/// `default` or `none`.
enum PaceArgument: String, ExpressibleByArgument, CaseIterable {
    case `default`
    case none
}

/// Which rows make the exit status.
enum FailOnArgument: String, ExpressibleByArgument, CaseIterable {
    case cannotTell = "cannot_tell"
    case actionNeeded = "action_needed"
}

/// Which rows are tried again.
enum RetryArgument: String, ExpressibleByArgument, CaseIterable {
    case cannotTell = "cannot_tell"
    case failed
}

/// `ROLE=COLUMN,ROLE=COLUMN`
struct ColumnsArgument: ExpressibleByArgument {
    let columns: [ColumnRole: String]

    init?(argument: String) {
        var columns: [ColumnRole: String] = [:]
        for part in argument.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2,
                let role = ColumnRole(rawValue: String(sides[0]).trimmingWhitespace(lineEnds: false))
            else { return nil }
            columns[role] = String(sides[1]).trimmingWhitespace(lineEnds: false)
        }
        guard !columns.isEmpty else { return nil }
        self.columns = columns
    }
}

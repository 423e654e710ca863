import ArgumentParser
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

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Take the rows of queued batches on this machine.",
        discussion: """
            Any number of machines can do so; what a provider takes is counted over all of them. Rows that are to be \
            registered are taken with an API key only. SIGTERM and Ctrl-C end what is under way, then the worker; a \
            second one ends it at once, and its rows come again elsewhere.

            Examples:
              mailconnect worker --new-key fleet.key
              mailconnect worker --queue tls://queue.example:4222 --key-file fleet.key
              mailconnect batch accounts.csv --queue tls://queue.example:4222 --key-file fleet.key
            """)

    @Option(
        help: ArgumentHelp("Make a key in this new file, and nothing else.", valueName: "file"), completion: .file())
    var newKey: String?
    @Option(help: ArgumentHelp("Accounts at once, as far as there is room for them.", valueName: "n"))
    var concurrency = BatchOptions.usualConcurrency
    @Flag(help: "Make a full TLS handshake for every row.") var freshTls = false
    @Option(help: ArgumentHelp("The API's base (also COLDSEND_API_URL).", valueName: "url")) var apiUrl: String?
    @Option(help: ArgumentHelp("Read the API key from this file (also COLDSEND_API_KEY).", valueName: "file"))
    var apiKeyFile: String?
    @OptionGroup var queue: QueueOptions
    @OptionGroup var journal: JournalOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        guard (1...10_000).contains(concurrency) else { throw ValidationError("--concurrency takes 1 to 10000") }
        if newKey == nil, queue.queue == nil {
            throw ValidationError("a worker needs --queue URL and --key-file FILE; --new-key FILE makes a key")
        }
        if newKey != nil, queue.queue != nil { throw ValidationError("--new-key goes alone") }
    }

    func run() async throws {
        try await Console.run {
            if let newKey {
                try Self.makeKey(newKey)
                return .ready
            }
            return try await work()
        }
    }

    private func work() async throws -> ExitStatus {
        let access = try APIAccess(url: apiUrl, keyFile: apiKeyFile, keyNeeded: false, within: common.timeout)
        let key = try access.secrets.first.map { _ in
            try APIAccess(url: apiUrl, keyFile: apiKeyFile, keyNeeded: true, within: common.timeout)
        }
        let environment = try BatchEnvironment(
            concurrency: concurrency, common, perHost: ConnectionBudget.standardPerHost, freshTLS: freshTls)
        guard
            let opened = try await queue.opened(environment.trusted, within: common.timeout, name: "mailconnect worker")
        else { return .usage }
        var options = BatchOptions(
            tool: ToolIdentity(version: ToolVersion.current, catalogueVersion: environment.catalogueVersion))
        options.concurrency = environment.concurrency
        if let key { options.registration = environment.registration(key, try journal.open(within: common.timeout)) }
        var settings = QueueWorker.Settings(options: options)
        settings.base = "\(access.base)"
        settings.keyName = access.secrets.first?.revealed ?? ""
        settings.replicas = queue.queueReplicas
        settings.host = Self.host
        let display = WorkerDisplay(isQuiet: common.report.quiet)
        let worker = QueueWorker(
            environment.engine, opened.connection, opened.keys, settings, tell: { display.say($0) },
            watch: { display.show($0) })
        Interruption.shared.soften {
            display.say("what is under way is finished first; interrupt once more to end at once")
            worker.stop()
        }
        display.say("takes rows, \(environment.concurrency) at once")
        do {
            try await worker.run()
        } catch let error as QueueError {
            throw QueueOptions.failure(error)
        } catch let error as JournalError {
            throw JournalOptions.failure(error)
        }
        Interruption.shared.soften(nil)
        display.end()
        return .ready
    }

    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return ServerText(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            .escaped
    }

    /// A new file that only its owner can read; one that is there is left as it is.
    private static func makeKey(_ path: String) throws(CommandFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o600)
        guard file >= 0 else {
            let reason =
                errno == EEXIST ? "it is there already, and is left as it is" : String(cString: strerror(errno))
            throw CommandFailure(
                errno == EEXIST ? .usage : .outputFailed, .outputNotWritable,
                "the key file \(ServerText(path)) cannot be made: \(reason)", field: "new_key")
        }
        defer { close(file) }
        var octets = Array(KeyFile.newLine().revealed.utf8)
        defer { Secret.wipe(&octets) }
        let count = octets.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard count == octets.count, fsync(file) == 0 else {
            unlink(path)
            throw CommandFailure(
                .outputFailed, .outputNotWritable, "the key file \(ServerText(path)) cannot be written",
                field: "new_key")
        }
    }
}

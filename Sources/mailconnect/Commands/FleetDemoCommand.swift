import ArgumentParser
import FoundationEssentials
import Glibc
import MailLoopback
import MailModel
import MailQueue
import Subprocess
import SystemPackage

/// Three workers, a queue and many mailboxes on this machine, with a live view; it ends by itself.
struct FleetDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet-demo",
        abstract: "Show a batch over three workers, against a queue and servers on this machine.",
        discussion: """
            It needs nats-server and libnats3.4. Nothing leaves this machine, and its files go when it ends.

            Examples:
              mailconnect fleet-demo
              mailconnect fleet-demo --accounts 300
            """)

    @Option(help: ArgumentHelp("Accounts of the batch.", valueName: "n")) var accounts = 120
    @Option(help: ArgumentHelp("Workers.", valueName: "n")) var workers = 3
    @Option(help: ArgumentHelp("The queue's server.", valueName: "file")) var natsServer = "nats-server"

    mutating func validate() throws {
        guard (1...2_000).contains(accounts) else { throw ValidationError("--accounts takes 1 to 2000") }
        guard (1...20).contains(workers) else { throw ValidationError("--workers takes 1 to 20") }
    }

    func run() async throws {
        try await Console.run {
            let stage = try await FleetStage(accounts: accounts)
            do {
                let status = try await play(stage)
                await stage.close()
                return status
            } catch {
                await stage.close()
                throw error
            }
        }
    }

    private func play(_ stage: FleetStage) async throws -> ExitStatus {
        let server = FleetProcess(
            natsServer, ["-a", "127.0.0.1", "-p", "\(stage.queuePort)", "-js", "-sd", stage.path("nats")])
        let url = "nats://127.0.0.1:\(stage.queuePort)"
        let key = stage.path("fleet.key")
        let tool = CatalogLoading.executable ?? "mailconnect"
        let common = [
            "--resolver", stage.resolver, "--ca-file", stage.path("ca.pem"), "--queue", url, "--key-file", key,
        ]
        return try await withThrowingTaskGroup(of: ExitStatus?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            let connection = try await connected(url)
            for _ in 0..<workers {
                group.addTask {
                    try await FleetProcess(tool, ["worker", "--quiet", "--concurrency", "20"] + common).run()
                    return nil
                }
            }
            group.addTask { try await watch(connection) }
            let batch = FleetProcess(
                tool, ["batch", stage.path("accounts.csv")] + common, output: FileDescriptor.standardOutput)
            try await batch.run()
            try Console(noColor: true).print(try await Self.words(connection, "At the end"))
            group.cancelAll()
            return .ready
        }
    }

    private func connected(_ url: String) async throws -> QueueConnection {
        for _ in 0..<50 {
            if let connection = try? await QueueConnection.open(QueueAddress(url), QueueAccess(), name: "fleet-demo") {
                return connection
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw CommandFailure(
            .cannotTell, .queueUnavailable,
            "the queue of the demonstration does not start: it needs the packages nats-server and libnats3.4")
    }

    private func watch(_ connection: QueueConnection) async throws -> ExitStatus? {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            StandardError.write(try await Self.words(connection, "Fleet") + "\n")
        }
        return nil
    }

    private static func words(_ connection: QueueConnection, _ title: String) async throws -> String {
        let view = try await FleetView(of: connection)
        let workers = view.workers.map { "\($0.name.prefix(6)) \($0.done) done, \($0.inFlight) under way" }
        let servers = view.servers.prefix(4).map { server in
            "\(server.name) \(server.inFlight)" + (server.pause > 0 ? ", left alone for \(server.pause) s" : "")
        }
        return """
            \(title): \(view.rows) rows and \(view.answers) answers in the queue
              workers: \(workers.joined(separator: "; "))
              servers: \(servers.joined(separator: "; "))
            """
    }
}

/// A program of the demonstration, ended with it.
struct FleetProcess: Sendable {
    let program: String
    let arguments: [String]
    var output: FileDescriptor?

    init(_ program: String, _ arguments: [String], output: FileDescriptor? = nil) {
        self.program = program
        self.arguments = arguments
        self.output = output
    }

    /// Runs it to its end; a cancelled task ends it.
    func run() async throws {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        if output != nil {
            _ = try await Subprocess.run(
                executable, arguments: Arguments(arguments), platformOptions: options, input: .none,
                output: .currentStandardOutput, error: .discarded)
        } else {
            _ = try await Subprocess.run(
                executable, arguments: Arguments(arguments), platformOptions: options, input: .none, output: .discarded,
                error: .discarded)
        }
    }
}

package import ArgumentParser
package import CommandSupport
internal import FoundationEssentials
internal import Glibc
internal import MailModel
package import MailQueue

/// Where the queue is, as whom it is used, and what rows are sealed with.
package struct QueueOptions: ParsableArguments {
    package init() {}

    @Option(
        help: ArgumentHelp(
            "Many machines: nats://HOST:4222 or tls://HOST:4222, more servers behind commas.", valueName: "url"))
    package var queue: String?
    @Option(
        help: ArgumentHelp(
            "Keys that seal the rows, a line each; mailconnect worker --new-key makes one.", valueName: "file"),
        completion: .file())
    package var keyFile: String?
    @Option(help: ArgumentHelp("NATS credentials, or the seed of an NKEY.", valueName: "file"), completion: .file())
    package var queueCredentials: String?
    @Option(help: ArgumentHelp("Queue user; the password comes from MAILCONNECT_QUEUE_PASSWORD.", valueName: "name"))
    package var queueUser: String?
    @Option(help: ArgumentHelp("Copies of each stream, 1 to 5 (default: one a server, at most 3).", valueName: "n"))
    package var queueReplicas: Int?

    package mutating func validate() throws {
        if queue == nil, queueCredentials != nil || queueUser != nil || queueReplicas != nil {
            throw ValidationError("--queue-credentials, --queue-user and --queue-replicas go with --queue")
        }
        if queue != nil, keyFile == nil {
            throw ValidationError("--queue needs --key-file FILE; mailconnect worker --new-key FILE makes one")
        }
        if queueCredentials != nil, queueUser != nil {
            throw ValidationError("--queue-credentials and --queue-user exclude each other")
        }
        if let queueReplicas, !(1...5).contains(queueReplicas) {
            throw ValidationError("--queue-replicas takes 1 to 5")
        }
    }

    /// What is opened of a queue.
    package struct Opened: Sendable {
        package let connection: QueueConnection
        package let keys: KeyFile
    }

    /// Reads the keys and connects; nil without a queue.
    ///
    /// - Parameters:
    ///   - trusted: The file of trusted certificates.
    ///   - seconds: How long files may take to come.
    ///   - name: What the server shows for this connection.
    /// - Returns: The connection and the keys.
    /// - Throws: `CommandFailure`.
    package func opened(_ trusted: TrustedFile?, within seconds: Double, name: String) async throws -> Opened? {
        guard let queue, let keyFile else { return nil }
        do {
            let address = try QueueAddress(queue)
            let keys = try keys(keyFile, within: seconds)
            let access = try access(trusted?.path, within: seconds)
            return Opened(connection: try await QueueConnection.open(address, access, name: name), keys: keys)
        } catch let error as QueueError {
            throw Self.failure(error)
        }
    }

    private func keys(_ path: String, within seconds: Double) throws -> KeyFile {
        var status = stat()
        if path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
            throw CommandFailure(
                .badInput, .badKeyFile,
                "the key file \(ServerText(path)) can be read by others: chmod 600 \(ServerText(path))",
                field: "key_file")
        }
        var octets = try BoundedInput(limit: 65_536, seconds: seconds).data(of: path, .badKeyFile, "key_file")
        defer { Secret.wipe(&octets) }
        return try KeyFile(octets)
    }

    private func access(_ caFile: String?, within seconds: Double) throws -> QueueAccess {
        if let queueCredentials {
            var octets = try BoundedInput(limit: 65_536, seconds: seconds)
                .data(of: queueCredentials, .badKeyFile, "queue_credentials")
            defer { Secret.wipe(&octets) }
            return try QueueAccess(credentials: queueCredentials, octets: octets, caFile: caFile)
        }
        guard let queueUser else { return QueueAccess(caFile: caFile) }
        guard let password = ProcessInfo.processInfo.environment["MAILCONNECT_QUEUE_PASSWORD"], !password.isEmpty else {
            throw CommandFailure(
                .usage, .missingPassword, "--queue-user needs its password in MAILCONNECT_QUEUE_PASSWORD",
                field: "queue_user")
        }
        return QueueAccess(user: queueUser, password: Secret(password), caFile: caFile)
    }

    /// What a failure of the queue is for a script.
    package static func failure(_ error: QueueError) -> CommandFailure {
        switch error.code {
        case .badAddress:
            CommandFailure(
                .usage, .badQueue,
                "\(error.description) (--queue; a password comes from MAILCONNECT_QUEUE_PASSWORD with --queue-user, or by "
                    + "--queue-credentials)", field: "queue")
        case .noFile: CommandFailure(.noInputFile, .noSuchFile, error.description, field: "key_file")
        case .badFile, .wrongKey: CommandFailure(.badInput, .badKeyFile, error.description, field: "key_file")
        case .noClient, .noServer, .notSecure, .notAllowed, .noJetStream, .conflict, .failed:
            CommandFailure(.cannotTell, .queueUnavailable, error.description, field: "queue")
        }
    }
}

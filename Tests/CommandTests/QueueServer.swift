import Foundation
import Synchronization

/// A real queue's server on loopback, with its files in a folder of its own.
final class QueueServer: Sendable {
    /// Where the program is; nil where it is not installed.
    static let program = ["/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Where its files are.
    let folder: URL
    private let more: [String]
    private let state = Mutex(State())

    private struct State {
        var process: Int32?
        var port: Int?
        var said = ""
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// A server that is not running yet.
    ///
    /// - Parameters:
    ///   - folder: Where the folder of its files goes.
    ///   - more: Further arguments.
    ///   - name: The name of the folder.
    init(_ folder: URL, _ more: [String] = ["-js"], name: String = "nats") {
        self.folder = folder.appending(path: name)
        self.more = more
    }

    /// The port that it listens on.
    var port: Int { state.withLock { $0.port ?? 0 } }
    /// Where it is.
    var url: String { "nats://127.0.0.1:\(port)" }

    /// Starts it, on the port that it had before if it had one, and waits until it says that it is ready.
    func start() async throws {
        guard let program = Self.program else { throw CocoaError(.fileNoSuchFile) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["-a", "127.0.0.1", "-p", "\(state.withLock { $0.port ?? -1 })", "-sd", folder.path] + more
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        state.withLock { $0.said = "" }
        errors.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            heard(String(decoding: data, as: UTF8.self), isEnd: data.isEmpty)
        }
        try process.run()
        state.withLock { $0.process = process.processIdentifier }
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(continuation) }
            heard("", isEnd: false)
        }
    }

    private func heard(_ text: String, isEnd: Bool) {
        let waiters = state.withLock { state in
            state.said += text
            if let line = state.said.split(separator: "\n").first(where: {
                $0.contains("Listening for client connections on")
            }) {
                state.port = line.split(separator: ":").last.flatMap { Int($0) } ?? state.port
            }
            guard isEnd || state.said.contains("Server is ready") else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Ends it as a power cut would.
    func kill() {
        state.withLock { state in
            if let process = state.process { _ = Foundation.kill(process, SIGKILL) }
            state.process = nil
        }
    }

    deinit { kill() }

    /// Everything that it keeps in files.
    func contents() throws -> Data {
        var all = Data()
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            if let data = try? Data(contentsOf: file) { all += data }
        }
        return all
    }
}

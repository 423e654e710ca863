import Foundation
import Synchronization

/// The built service as a process of its own.
final class Daemon: Sendable {
    /// What a process says, from whatever thread that comes.
    private final class Words: Sendable {
        private let text = Mutex<(output: [UInt8], error: [UInt8])>(([], []))

        func add(output data: Data) { text.withLock { $0.output += data } }
        func add(error data: Data) { text.withLock { $0.error += data } }
        var output: String { text.withLock { String(decoding: $0.output, as: UTF8.self) } }
        var error: String { text.withLock { String(decoding: $0.error, as: UTF8.self) } }
    }

    private let words: Words
    private let number: Int32
    private let ended: Task<Int32, Never>
    /// The port that it listens at; nil when it ended before it did.
    let port: Int?

    /// The service beside the test bundle.
    static var path: String { ToolProcess.path + "d" }

    /// Starts it, and waits until it listens or ends.
    init(_ arguments: [String], environment: [String: String] = [:]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.path)
        process.arguments = arguments
        process.environment = ToolProcess.environment(environment)
        process.standardInput = FileHandle.nullDevice
        let words = Words()
        let (lines, line) = AsyncStream.makeStream(of: Void.self)
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        Self.read(output) {
            words.add(output: $0)
            line.yield()
        }
        Self.read(error) { words.add(error: $0) }
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            end.finish()
            line.finish()
        }
        try process.run()
        self.words = words
        number = process.processIdentifier
        ended = Task {
            var status: Int32 = -1
            for await value in ends { status = value }
            return status
        }
        var port: Int?
        for await _ in lines where words.output.contains("\n") {
            port = words.output.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) }
            break
        }
        self.port = port
    }

    private static func read(_ pipe: Pipe, _ take: @escaping @Sendable (Data) -> Void) {
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return
            }
            take(data)
        }
    }

    /// What it said on standard error.
    var log: String { words.error }

    /// The status that it left with; negative for a signal.
    var status: Int32 { get async { await ended.value } }

    /// Sends it a signal.
    func send(_ signal: Int32) { _ = Foundation.kill(number, signal) }

    /// Ends it, and waits for that.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) async -> Int32 {
        send(signal)
        return await ended.value
    }

    /// Sends a request, and waits for the whole answer.
    func ask(
        _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: String = ""
    ) async throws -> HTTPReply {
        try await RawHTTP(port: port ?? 0).ask(method, path, headers, body)
    }

    /// Sends JSON.
    func post(_ path: String, _ body: String, _ headers: [String: String] = [:]) async throws -> HTTPReply {
        try await ask("POST", path, headers.merging(["Content-Type": "application/json"]) { one, _ in one }, body)
    }
}

extension Daemon {
    /// Runs a body with a service that is gone behind it.
    static func with<Result>(
        _ arguments: [String], environment: [String: String] = [:], _ body: (Daemon) async throws -> Result
    ) async throws -> Result {
        let daemon = try await Daemon(["--listen", "127.0.0.1:0"] + arguments, environment: environment)
        do {
            let result = try await body(daemon)
            await daemon.stop()
            return result
        } catch {
            await daemon.stop(SIGKILL)
            throw error
        }
    }
}

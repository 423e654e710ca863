import Foundation

/// A real server as a child process, with a folder of its own that goes away with it.
enum ChildServer {
    struct NotReady: Error {
        var output: String
    }

    struct NotInstalled: Error {
        var name: String
    }

    /// Where a program is; nil when it is not installed.
    static func path(of program: String) -> String? {
        ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin"]
            .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a server as long as the body needs it.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - arguments: Its arguments; it must stay in the foreground.
    ///   - port: Where it listens when it is ready.
    ///   - folder: Where its output goes.
    ///   - body: What needs it.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, `NotInstalled` or `NotReady`.
    static func run<Result>(
        _ program: String, _ arguments: [String], port: UInt16, folder: URL, body: () async throws -> Result
    ) async throws -> Result {
        let output = folder.appending(path: "output.txt")
        let (process, exit) = try start(program, arguments, output: output)
        let result: Swift.Result<Result, any Error>
        do {
            try await waitUntilReady(process, port: port, output: output)
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        process.terminate()
        for await _ in exit {}
        return try result.get()
    }

    /// Runs a program to its end.
    static func call(_ program: String, _ arguments: [String], folder: URL) async throws {
        let output = folder.appending(path: "output.txt")
        let (_, exit) = try start(program, arguments, output: output)
        for await status in exit where status != 0 { throw NotReady(output: text(of: output)) }
    }

    /// Makes a folder, and removes it after the body.
    static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailnetwork-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Starts a program. Its end comes through a stream: `waitUntilExit` would block a thread that other tests need.
    private static func start(
        _ program: String, _ arguments: [String], output: URL
    ) throws -> (Process, AsyncStream<Int32>) {
        guard let path = path(of: program) else { throw NotInstalled(name: program) }
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let handle = try FileHandle(forWritingTo: output)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        let (exit, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try withAllSignals { try process.run() }
        return (process, exit)
    }

    /// The threads of Dispatch block all signals, and a child that inherits this cannot be told to end.
    private static func withAllSignals(_ body: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private static func waitUntilReady(_ process: Process, port: UInt16, output: URL) async throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while !LoopbackPort.accepts(port) {
            guard process.isRunning, ContinuousClock.now < deadline else { throw NotReady(output: text(of: output)) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func text(of file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}

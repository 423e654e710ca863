import Foundation

/// Runs a program of the system against a peer, as an opinion that is not ours.
struct LoopbackTool {
    /// What a program answered.
    struct Result: Sendable {
        var status: Int32
        var output: String
    }

    /// Runs a program, hands it `input` and reads all it prints, both streams together.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (toProgram, fromProgram) = (Pipe(), Pipe())
        process.standardInput = toProgram
        process.standardOutput = fromProgram
        process.standardError = fromProgram
        let (statuses, ended) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            ended.yield($0.terminationStatus)
            ended.finish()
        }
        try process.run()
        try toProgram.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try toProgram.fileHandleForWriting.close()
        let reading = fromProgram.fileHandleForReading
        let output = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: reading.readDataToEndOfFile()) }
        }
        let status = await statuses.first { _ in true } ?? -1
        return Result(status: status, output: String(decoding: output, as: UTF8.self))
    }

    /// Writes files into a folder of their own, hands their paths over, and removes them afterwards.
    static func withFiles<Value>(
        _ texts: [String], _ body: ([String]) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "loopback-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var paths: [String] = []
        for (index, text) in texts.enumerated() {
            let file = folder.appending(path: "\(index).pem")
            try text.write(to: file, atomically: true, encoding: .utf8)
            paths.append(file.path(percentEncoded: false))
        }
        return try await body(paths)
    }
}

internal import Foundation
internal import Subprocess

/// One program to run to its end, with everything it gets, and with a limit on its time and on its output.
struct LabProgram: Sendable {
    /// The name of the program, looked up in the folders of `searchPath`; the test process's own `PATH` plays no part.
    var name: String
    /// Its arguments.
    var arguments: [String] = []
    /// Its whole environment, but for `PATH`.
    var environment: [String: String] = [:]
    /// What it reads.
    var standardInput = ""
    /// The longest that it may run, in seconds.
    var seconds = 60

    /// Where programs of the lab are. Root's shell may lack the folders named sbin.
    static let searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    private static let outputLimit = 16 * 1024 * 1024

    /// Runs it.
    ///
    /// - Returns: How it ended and the bytes that it wrote, to standard output and to standard error.
    /// - Throws: `LabError.timedOut`, or what Subprocess throws when the program cannot start or writes too much.
    func run() async throws -> (status: Int32, output: [UInt8], error: [UInt8]) {
        try await withThrowingTaskGroup(of: (status: Int32, output: [UInt8], error: [UInt8])?.self) { group in
            group.addTask { try await toTheEnd() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw LabError.timedOut(program: name, seconds: seconds)
            }
            return result
        }
    }

    /// Runs it and takes every status but 0 for a failure.
    ///
    /// - Returns: The bytes that it wrote to standard output.
    /// - Throws: `LabError.failed` with what it wrote, and what `run` throws.
    func succeed() async throws -> [UInt8] {
        let (status, output, error) = try await run()
        guard status == 0 else {
            let text = String(decoding: error + output, as: UTF8.self)
            throw LabError.failed(program: name, status: status, output: text)
        }
        return output
    }

    /// The environment as Subprocess wants it.
    var fullEnvironment: Environment {
        var pairs: [Environment.Key: String] = ["PATH": Self.searchPath.joined(separator: ":")]
        for (key, value) in environment { pairs[Environment.Key(stringLiteral: key)] = value }
        return .custom(pairs)
    }

    /// Whether there is such a program.
    var exists: Bool {
        Self.searchPath.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    private func toTheEnd() async throws -> (status: Int32, output: [UInt8], error: [UInt8]) {
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), environment: fullEnvironment, input: .string(standardInput),
            output: .bytes(limit: Self.outputLimit), error: .bytes(limit: Self.outputLimit))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return (status, result.standardOutput, result.standardError)
    }
}

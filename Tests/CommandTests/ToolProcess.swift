import Foundation
import MailTestSupport
import Subprocess
import SystemPackage

/// The built tool as a process of its own.
struct ToolProcess: Sendable {
    let status: Int32
    let output: String
    let error: String

    /// The tool beside the test bundle.
    static var path: String {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "mailconnect").path
    }

    /// What a program of the tests finds in its environment: a path, what is given, and what `scripts/sanitize` tells a sanitizer.
    static func environment(_ given: [String: String]) -> [String: String] {
        let own = ProcessInfo.processInfo.environment.filter { ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key) }
        return own.merging(["PATH": "/usr/bin:/bin"]) { $1 }.merging(given) { $1 }
    }

    /// Runs the tool in an environment that holds nothing but a path and what is given.
    init(
        program: String = path, _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws {
        let variables = Self.environment(environment).map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)), input: .string(input),
            output: .string(limit: 4_000_000), error: .string(limit: 1_000_000))
        if case .exited(let code) = result.terminationStatus { status = code } else { status = -1 }
        output = result.standardOutput
        error = result.standardError
    }
}

import Foundation
import MailTestSupport
import Testing

/// Many runs in one process: what they share may cost time, and never a verdict.
struct ManyRunsTests {
    /// All begin at once, in a process with the usual options; the benchmark's program is what is run.
    @Test(.lab, arguments: ["one", "many"]) func aThousandRunsAtOnceAreAllRight(domains: String) async throws {
        let lab = try await Lab.shared()
        let program = URL(filePath: lab.tool).deletingLastPathComponent().appending(path: "RunsBenchmark").path
        let result = try await lab.client().run(program, ["inside", "1000", domains], seconds: 300)
        #expect(
            result.standardOutput.hasPrefix("1000 runs, \(domains) domain(s): ready 1000;"),
            "\(result.standardOutput)\(result.standardError)")
    }
}

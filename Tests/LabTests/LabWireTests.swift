import Foundation
import Testing

@testable import MailTestSupport

/// The wires, and the end of the lab.
@Suite(.lab) struct LabWireTests {
    @Test(arguments: [0, 20, 100]) func connectingTakesARoundTrip(delay: Int) async throws {
        let lab = try await Lab.shared()
        let timed = try await lab.client(delay: delay).run(
            "curl",
            [
                "--silent", "--cacert", lab.caFile, "--write-out", "%{http_code} %{time_namelookup} %{time_connect}",
                "--output", "/dev/null", "https://api.coldsend.test/",
            ])
        let figures = timed.standardOutput.split(separator: " ").compactMap { Double($0) }
        try #require(figures.count == 3)
        #expect(figures[0] == 404)
        #expect(figures[2] - figures[1] >= 2 * Double(delay) / 1_000)
    }

    /// The servers are out of reach for everything outside of the lab, and the other way round.
    @Test func nothingLeadsOutside() async throws {
        let routes = try await Lab.shared().client().run("ip", ["-4", "-oneline", "route", "show"])
        #expect(routes.standardOutput.split(separator: "\n").count == 1)
        #expect(routes.standardOutput.hasPrefix("default via 198.18.0.254 dev wan0"))
    }

    /// The end of the input is what the keeper sees when the test process dies.
    @Test func keeperLeavesNothingBehind() async throws {
        let folder = "/tmp/mailconnect-keeper-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let keeper = LabProgram(
            name: "bash", arguments: ["\(LabFolder.fixtures)/keeper.sh", folder], standardInput: "")
        let said = String(decoding: try await keeper.succeed(), as: UTF8.self)
        let first = try #require(Int32(said.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(first)"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func toolRunsOnAClient() async throws {
        let help = try await Lab.shared().run(["--help"])
        #expect(help.status == 0)
        #expect(help.standardOutput.contains("mailconnect"))
        #expect(help.standardError.isEmpty)
    }

    @Test func programsEndInTime() async throws {
        let client = try await Lab.shared().client()
        await #expect(throws: LabError.self) { try await client.run("sleep", ["60"], seconds: 1) }
    }
}

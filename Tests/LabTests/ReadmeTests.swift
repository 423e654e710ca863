import Foundation
import MailTestSupport
import Testing

/// The README's program is one that was compiled, and it does what it says.
struct ReadmeTests {
    private static let example = "Examples/Check/main.swift"

    @Test func theReadmeShowsTheProgramThatIsCompiled() throws {
        let readme = try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
        let program = try String(contentsOfFile: Repository.path(Self.example), encoding: .utf8)
        #expect(readme.contains("```swift\n\(program)```"), "README.md differs from \(Self.example)")
    }

    /// The settings of `autoconf.test` stand in a file over https only.
    @Test(.lab, arguments: ["autoconf.test", "hoster.test", "customer.test"])
    func itFindsTheServersAndProvesTheLogins(domain: String) async throws {
        let lab = try await Lab.shared()
        let user = lab.users.ready(at: domain)
        let program = URL(filePath: lab.tool).deletingLastPathComponent().appending(path: "ExampleCheck").path
        let result = try await lab.client().run(
            program, [user.address], environment: ["MAILCONNECT_PASSWORD": user.password])
        let lines = result.standardOutput.split(separator: "\n").map(String.init)
        #expect(lines.last?.hasPrefix("ready") == true, "\(result.standardOutput)\(result.standardError)")
        #expect(lines.contains { $0.hasSuffix("imap.auth") } && lines.contains { $0.hasSuffix("smtp.auth") })
    }

    /// A program that was moved away from the place where it was built finds the catalogue all the same.
    @Test(.lab) func itCanBeMoved() async throws {
        let lab = try await Lab.shared()
        let user = lab.users.ready(at: "customer.test")
        let built = URL(filePath: lab.tool).deletingLastPathComponent().appending(path: "ExampleCheck")
        let moved = FileManager.default.temporaryDirectory.appending(path: "moved-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: built, to: moved)
        defer { try? FileManager.default.removeItem(at: moved) }
        let result = try await lab.client().run(
            moved.path, [user.address], environment: ["MAILCONNECT_PASSWORD": user.password])
        #expect(result.standardOutput.contains("\nready\n"), "\(result.standardError)")
    }
}

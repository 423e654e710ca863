import Foundation
import MailTestSupport
import Testing

/// The programs under Examples do what they say, against real servers.
@Suite(.lab) struct ExampleTests {
    private func run(
        _ name: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> LabResult {
        let lab = try await Lab.shared()
        let program = URL(filePath: lab.tool).deletingLastPathComponent().appending(path: name).path
        return try await lab.client().run(
            program, arguments, environment: environment, standardInput: input)
    }

    @Test func theGateOpensForAMailboxThatWorks() async throws {
        let user = try await Lab.shared().users.ready(at: "customer.test")
        let result = try await run("ExampleGate", [user.address], input: user.password + "\n")
        #expect(result.status == 0, "\(result.standardError)")
        #expect(result.standardError.isEmpty)
    }

    @Test func theGateStaysShutAndSaysWhoMustAct() async throws {
        let user = try await Lab.shared().users.ready(at: "customer.test")
        let result = try await run("ExampleGate", [user.address], input: "another\n")
        #expect(result.status == 1)
        #expect(result.standardError.contains("bad_credentials: ") && result.standardError.contains("  user: "))
    }

    @Test(arguments: [[], ["no address"]]) func theGateDoesNotGuess(_ arguments: [String]) async throws {
        let result = try await run("ExampleGate", arguments)
        #expect(result.status == (arguments.isEmpty ? 64 : 2))
    }

    @Test func anAccountIsAddedStepByStep() async throws {
        let user = try await Lab.shared().users.ready(at: "customer.test")
        let state = FileManager.default.temporaryDirectory.appending(path: "example-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: state) }
        let result = try await run(
            "ExampleAddWithProgress", [user.address, "Jane Doe"],
            environment: [
                "MAILCONNECT_PASSWORD": user.password, "COLDSEND_API_KEY": LabAPIKey.accepted.rawValue,
                "COLDSEND_API_URL": "https://api.coldsend.pro", "XDG_STATE_HOME": state.path,
            ])
        let lines = result.standardOutput.split(separator: "\n").map(String.init)
        #expect(result.status == 0, "\(result.standardOutput)\(result.standardError)")
        #expect(lines.contains("smtp.auth: done") && lines.contains("imap.auth: done"))
        #expect(lines.contains("registering, attempt 1"))
        #expect(lines.last?.hasPrefix("ready") == true && lines.last?.contains(", registered: ") == true)
    }
}

import Foundation
import MailLoopback
import Testing

/// Two at once, and a person who presses Ctrl-C.
@Suite("add, twice at once or interrupted", .serialized)
struct InterruptedAddTests {
    @Test func ofTwoAtOnceOneSends() async throws {
        try await AddScene.with(AddScene.Setup(faults: [.slow(milliseconds: 400)], allowsDuplicates: true)) { scene in
            async let first = scene.add()
            async let second = scene.add()
            let results = [try await first, try await second]
            #expect(scene.api.posts == 1 && scene.api.stored.count == 1)
            #expect(results.contains { $0.status == 0 && $0.state == "registered" })
            // The other one came while the request was under way, or after its answer.
            #expect(results.contains { $0.state == "unknown" && $0.status == 4 || $0.state == "already_registered" })
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func anInterruptionLeavesAnUnknownEnd(_ signal: Int32) async throws {
        try await AddScene.with(AddScene.Setup(faults: [.silent])) { scene in
            let tool = KillableTool(signal: signal)
            try await tool.run(scene.arguments(), environment: scene.environment, kill: .init(line: 7))
            #expect(tool.status == 130)
            #expect(tool.error.contains("The registration request was on its way"))
            let next = try await scene.add()
            #expect(next.status == 4 && next.state == "unknown")
            #expect(scene.api.posts <= 1)
        }
    }
}

import Foundation
import Testing

/// `batch --queue` and `worker`: the same answers as on one machine, whatever happens on the way.
@Suite("batch --queue", .serialized, .enabled(if: QueueServer.program != nil, QueueScene.isInstalled))
struct QueueTests {
    @Test func threeWorkersAnswerAsOneMachineDoes() async throws {
        try await QueueScene.with(60) { scene in
            let (output, statuses) = try await scene.withWorkers(3) { _ in
                try await scene.batch.batch(scene.arguments(["--state", scene.batch.path("queued.state")]))
            }
            #expect(output.status == 1, "\(output.error)")
            #expect(statuses == [0, 0, 0])
            #expect(output.numbers.sorted() == Array(1...60))
            // Once at SMTP and once at IMAP.
            for (address, logins) in scene.batch.logins() { #expect(logins == 2, "\(address)") }
            let alone = try await scene.batch.batch()
            #expect(output.verdicts == alone.verdicts)
            for key in ["rows", "ready", "action_needed", "cannot_tell", "bad_rows"] {
                #expect(output.summary(key) == alone.summary(key))
            }
            for row in 1...60 { #expect(Self.causes(output, row) == Self.causes(alone, row)) }
        }
    }

    private static func causes(_ output: BatchOutput, _ row: Int) -> [String] {
        ((output.row(row)?["findings"] as? [[String: Any]]) ?? []).compactMap { $0["id"] as? String }
    }

    /// Passwords, raw or as a login has them, are nowhere but in the input.
    @Test func noSecretIsInTheQueue() async throws {
        try await QueueScene.with(12) { scene in
            // Published without a worker, they are all in the queue's files.
            let tool = KillableTool(signal: SIGINT)
            let watcher = Task {
                while !Task.isCancelled, (try? scene.server.contents().count { $0 == 0x0A }) ?? 0 < 24 {
                    await Task.yield()
                }
                tool.kill()
            }
            try await tool.run(
                scene.batch.arguments(scene.arguments(["--output", scene.batch.path("lines")])),
                environment: scene.batch.environment)
            watcher.cancel()
            #expect(tool.status == 130, "\(tool.error)")
            var texts = [("queue", try scene.server.contents())]
            let (output, _) = try await scene.withWorkers(1, ["--verbose"]) { tools in
                let output = try await scene.batch.batch(scene.arguments())
                texts.append(("worker", Data(tools.map(\.error).joined().utf8)))
                return output
            }
            #expect(output.numbers.sorted() == Array(1...12), "\(output.error)")
            texts += [("queue, after", try scene.server.contents()), ("batch", Data(output.lines.joined().utf8))]
            texts.append(("key", try Data(contentsOf: URL(filePath: scene.key)).prefix(0)))
            let key = try scene.batch.text("fleet.key").trimmingCharacters(in: .whitespacesAndNewlines)
            for (name, text) in texts {
                #expect(text.range(of: Data(key.utf8)) == nil, "\(name) holds the key")
                for user in scene.batch.users {
                    let plain = Data("\0\(user.address)\0\(user.written)".utf8).base64EncodedString()
                    for form in [user.written, Data(user.written.utf8).base64EncodedString(), plain] {
                        #expect(text.range(of: Data(form.utf8)) == nil, "\(name): \(user.address)")
                    }
                }
            }
        }
    }
}

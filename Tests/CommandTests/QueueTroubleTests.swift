import Foundation
import MailLoopback
import Testing

/// What can go wrong on a queue: deaths, forgeries, wrong keys, servers that are not there.
@Suite("a queue in trouble", .serialized, .enabled(if: QueueServer.program != nil, QueueScene.isInstalled))
struct QueueTroubleTests {
    /// Runs `batch` until so many rows are on the queue and nobody takes them, then lets somebody do something.
    private static func whileWaiting<Result>(
        _ scene: QueueScene, rows: Int, _ body: (QueueTap) async throws -> Result
    ) async throws -> (Result, BatchOutput) {
        async let output = scene.batch.batch(scene.arguments())
        let tap = try QueueTap(port: scene.server.port)
        defer { tap.close() }
        while try tap.count("MAILCONNECT_ROWS") < rows { await Task.yield() }
        let result = try await body(tap)
        return (result, try await output)
    }

    @Test func copiesCauseNoSecondLoginAndChangesAreTold() async throws {
        try await QueueScene.with(6) { scene in
            let (said, output) = try await Self.whileWaiting(scene, rows: 6) { tap in
                let stream = "MAILCONNECT_ROWS"
                // The same octets again.
                let first = try tap.message(stream, 1)
                #expect(try tap.publish(first.subject, id: "copy", first.octets)["seq"] as? Int == 7)
                // A changed copy beside the true one.
                var second = try tap.message(stream, 2)
                second.octets[second.octets.count - 1] ^= 1
                _ = try tap.publish(second.subject, id: "changed", second.octets)
                // Another row's label in front.
                let third = try tap.message(stream, 3)
                let label = third.octets.prefix { $0 != 0x0A }
                let fourth = try tap.message(stream, 4)
                let body = fourth.octets.drop { $0 != 0x0A }
                _ = try tap.publish(third.subject, id: "moved", Data(label) + Data(body))
                // A changed one in place of the true one.
                var fifth = try tap.message(stream, 5)
                fifth.octets[fifth.octets.count / 2] ^= 4
                _ = try tap.ask("$JS.API.STREAM.MSG.DELETE.\(stream)", "{\"seq\":5}")
                _ = try tap.publish(fifth.subject, id: "replaced", fifth.octets)
                return try await scene.withWorkers(1) { tools in
                    while try tap.count(stream) > 0 || !(try tap.count("MAILCONNECT_RESULTS") == 0) {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    return tools
                }.result.map(\.error).joined()
            }
            #expect(output.numbers.sorted() == Array(1...6), "\(output.error) \(said)")
            #expect(output.verdicts.values.allSatisfy { $0 == "ready" }, "\(output.verdicts)")
            #expect(said.contains("was changed in the queue"))
            #expect(output.error.contains("was changed in the queue"))
            for (address, logins) in scene.batch.logins() { #expect(logins == 2, "\(address)") }
        }
    }

    @Test func aWrongKeyIsToldAndTakesNothing() async throws {
        try await QueueScene.with(5) { scene in
            let other = scene.batch.path("other.key")
            _ = try await ToolProcess(["worker", "--new-key", other])
            let (status, output) = try await Self.whileWaiting(scene, rows: 5) { _ in
                let arguments = scene.worker().map { $0 == scene.key ? other : $0 }
                let wrong = try await ToolProcess(arguments, environment: scene.batch.environment)
                #expect(wrong.error.contains("key"))
                try await scene.withWorkers(1) { _ in
                    while scene.batch.imap.connections < 5 { await Task.yield() }
                }
                return wrong.status
            }
            #expect(status == 65)
            #expect(output.verdicts.count == 5, "\(output.error)")
            for (address, logins) in scene.batch.logins() { #expect(logins == 2, "\(address)") }
        }
    }

    /// Keys are exchanged while rows are under way: the new one seals, the old one still opens.
    @Test func aKeyCanBeChangedUnderWay() async throws {
        try await QueueScene.with(4) { scene in
            let (_, output) = try await Self.whileWaiting(scene, rows: 4) { _ in
                let old = try scene.batch.text("fleet.key").trimmingCharacters(in: .newlines)
                let new = String(repeating: "0123456789abcdef", count: 4)
                let path = scene.batch.path("both.key")
                let made = FileManager.default.createFile(
                    atPath: path, contents: Data("\(old)\nnew:\(new)\n".utf8), attributes: [.posixPermissions: 0o600])
                #expect(made)
                let arguments = scene.worker().map { $0 == scene.key ? path : $0 }
                let tool = KillableTool(signal: SIGTERM)
                async let ended = tool.run(arguments, environment: scene.batch.environment)
                while scene.batch.imap.connections < 4 { await Task.yield() }
                tool.kill()
                _ = try await ended
                #expect(tool.status == 0, "\(tool.error)")
            }
            #expect(output.verdicts.count == 4, "\(output.error)")
        }
    }

    /// `kill -9` of a worker, of the batch and of the queue's server: each row is answered once, no login is sent twice, nothing
    /// is registered twice.
    @Test func deathsCostNothing() async throws {
        let count = 40
        try await QueueScene.with(count) { scene in
            let connections: @Sendable () -> Int = { scene.batch.smtp.connections + scene.batch.imap.connections }
            let doomed = KillableTool()
            let first = KillableTool()
            let (output, _) = try await scene.withWorkers(2, ["--concurrency", "2"]) { _ in
                async let dying = doomed.run(
                    scene.worker(["--concurrency", "6"]), environment: scene.batch.environment)
                let watcher = Task {
                    while !Task.isCancelled, connections() < 8 { await Task.yield() }
                    first.kill()
                    while !Task.isCancelled, connections() < 20 { await Task.yield() }
                    doomed.kill()
                    scene.server.kill()
                    try? await scene.server.start()
                }
                try await first.run(
                    scene.batch.arguments(scene.arguments(["--register", "--quiet"])),
                    environment: scene.batch.environment)
                let output = try await scene.batch.batch(scene.arguments(["--register"]))
                watcher.cancel()
                _ = try await dying
                return output
            }
            #expect(output.numbers.sorted() == Array(1...count), "\(output.error)")
            for (address, logins) in scene.batch.logins() { #expect(logins <= 2, "\(address)") }
            #expect(Set(scene.batch.api.stored).count == scene.batch.api.stored.count)
            for (row, status) in output.registrations where status == "registered" {
                #expect(scene.batch.api.stored.contains("user\(row)@many.test"))
            }
            // What was cut off is open; all others are as they should be.
            let open = output.verdicts.filter { $0.value == "cannot_tell" }
            #expect(open.count <= 10, "\(open)")
            for user in scene.batch.users where open[user.number] == nil {
                #expect(output.verdicts[user.number] == (user.isWrong ? "action_needed" : "ready"))
            }
        }
    }

    @Test func theReadyOnesAreRegistered() async throws {
        try await QueueScene.with(20) { scene in
            let (output, _) = try await scene.withWorkers(2) { _ in
                try await scene.batch.batch(scene.arguments(["--register"]))
            }
            #expect(output.summary("registered") == 18, "\(output.error)")
            #expect(Set(scene.batch.api.stored).count == 18)
            #expect(scene.batch.api.stored.count == 18)
        }
    }

    @Test(arguments: [
        (["--queue", "nats://127.0.0.1:1", "--key-file", "KEY"], 2), (["--queue", "URL"], 64),
        (["--queue", "nats://user:secret@127.0.0.1:1", "--key-file", "KEY"], 64),
        (["--queue", "http://127.0.0.1", "--key-file", "KEY"], 64), (["--queue", "TLS", "--key-file", "KEY"], 2),
        (["--queue", "URL", "--key-file", "no-such-file"], 66), (["--queue", "URL", "--key-file", "OPEN"], 65),
        (["--queue", "URL", "--key-file", "SHORT"], 65), (["--queue", "URL", "--key-file", "KEY"], 2),
    ])
    func whatIsWrongIsTold(arguments: [String], status: Int) async throws {
        // A server without JetStream.
        try await QueueScene.with(1, []) { scene in
            func file(_ name: String, _ text: String, _ mode: Int) -> String {
                _ = FileManager.default.createFile(
                    atPath: scene.batch.path(name), contents: Data(text.utf8), attributes: [.posixPermissions: mode])
                return scene.batch.path(name)
            }
            let places = [
                "KEY": scene.key, "URL": scene.server.url,
                "TLS": scene.server.url.replacing("nats:", with: "tls:"),
                "OPEN": file("open.key", try scene.batch.text("fleet.key"), 0o644),
                "SHORT": file("short.key", "c2hvcnQ=\n", 0o600),
            ]
            let given = arguments.map { places[$0] ?? $0 }
            for command in [["worker"], Array(scene.batch.arguments().prefix(2))] {
                let result = try await ToolProcess(command + given, environment: scene.batch.environment)
                #expect(result.status == Int32(status), "\(command[0]): \(result.error)")
                #expect(!result.error.contains("secret"))
            }
        }
    }

    /// A right that is missing is told by its name, and nobody waits for an answer that cannot come.
    @Test(arguments: ["$KV.>", "$JS.API.>", "mailconnect.>"]) func aMissingRightIsTold(_ missing: String) async throws {
        let rights = ["$JS.API.>", "$JS.ACK.>", "$KV.>", "mailconnect.>"].filter { $0 != missing }
        let publish = rights.map { "\"\($0)\"" }.joined(separator: ", ")
        let file = FileManager.default.temporaryDirectory.appending(path: "nats-\(UUID().uuidString).conf")
        try Data(
            """
            jetstream {}
            authorization { users = [ { user: u, password: p, permissions: {
              publish: [\(publish)], subscribe: ["_INBOX.>"] } } ] }
            """.utf8
        ).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await QueueScene.with(1, ["-c", file.path]) { scene in
            let environment = scene.batch.environment.merging(["MAILCONNECT_QUEUE_PASSWORD": "p"]) { $1 }
            let arguments = scene.batch.arguments(scene.arguments(["--queue-user", "u"]))
            let result = try await ToolProcess(arguments, environment: environment)
            #expect(result.status == 2, "\(result.error)")
            #expect(result.error.contains(missing == "$KV.>" ? "$KV." : missing.replacing(">", with: "")))
        }
    }
}

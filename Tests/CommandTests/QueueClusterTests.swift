import Foundation
import MailLoopback
import Testing

/// Three servers, of which one dies as a power cut would have it.
@Suite("a queue of three servers", .serialized, .enabled(if: QueueServer.program != nil, QueueScene.isInstalled))
struct QueueClusterTests {
    /// Each stream and bucket stands on all three, without a word from anybody.
    @Test func whatIsThereStandsOnAllThree() async throws {
        try await Self.with(2) { scene, cluster in
            _ = try await scene.withWorkers(1) { _ in try await scene.batch.batch(scene.arguments()) }
            let tap = try QueueTap(port: cluster.servers[0].port)
            defer { tap.close() }
            let answer = try tap.ask("$JS.API.STREAM.LIST")
            let configurations = (answer["streams"] as? [[String: Any]] ?? []).compactMap {
                $0["config"] as? [String: Any]
            }
            #expect(configurations.count >= 6)
            for configuration in configurations {
                #expect(configuration["num_replicas"] as? Int == 3, "\(configuration["name"] ?? "")")
            }
        }
    }

    /// The leader of the rows, or of what was begun, dies under way: each row is answered once, no login is sent twice, nothing
    /// is registered twice, and nobody notices but by waiting.
    @Test(arguments: ["MAILCONNECT_ROWS", "KV_mailconnect-guard"]) func aLeaderDies(_ stream: String) async throws {
        let count = 60
        try await Self.with(count) { scene, cluster in
            let connections: @Sendable () -> Int = { scene.batch.smtp.connections + scene.batch.imap.connections }
            let (output, statuses) = try await scene.withWorkers(3, ["--concurrency", "3"]) { _ in
                let killer = Task { () -> Int? in
                    while !Task.isCancelled, connections() < 20 { await Task.yield() }
                    let leader = cluster.leader(stream)
                    if let leader { cluster.servers[leader].kill() }
                    return leader
                }
                let output = try await scene.batch.batch(scene.arguments(["--register"]))
                killer.cancel()
                #expect(await killer.value != nil)
                return output
            }
            #expect(statuses == [0, 0, 0])
            #expect(output.numbers.sorted() == Array(1...count), "\(output.error)")
            for (address, logins) in scene.batch.logins() { #expect(logins == 2, "\(address)") }
            for user in scene.batch.users {
                #expect(output.verdicts[user.number] == (user.isWrong ? "action_needed" : "ready"))
            }
            #expect(scene.batch.api.stored.count == count - count / 10)
            #expect(Set(scene.batch.api.stored).count == scene.batch.api.stored.count)
        }
    }

    private static func with(_ count: Int, _ body: (QueueScene, QueueCluster) async throws -> Void) async throws {
        try await BatchScene.with(count) { batch in
            let cluster = try await QueueCluster(batch.folder)
            defer { cluster.kill() }
            try await body(try await QueueScene(batch, cluster.servers[0]), cluster)
        }
    }
}

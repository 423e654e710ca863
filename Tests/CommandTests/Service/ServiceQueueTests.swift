import Foundation
import MailLoopback
import Testing

@Suite("mailconnectd --queue", .serialized, .enabled(if: QueueServer.program != nil, QueueScene.isInstalled))
struct ServiceQueueTests {
    /// The service holds no API key: the worker that verified registers.
    @Test func workersCheckAndRegisterItsRows() async throws {
        try await QueueScene.with(12) { scene in
            let arguments =
                [
                    "--resolver", "\(scene.batch.routes.resolver)", "--ca-file", scene.batch.path("ca.pem"),
                    "--api-url", "https://api.many.test:\(scene.batch.port("api.many.test", 443))",
                    "--allow-private-addresses", "127.0.0.0/8", "--pace", "none",
                    "--state-directory", scene.batch.path("service"),
                ] + scene.arguments()
            try await scene.withWorkers(2) { _ in
                try await Daemon.with(arguments, environment: ["HOME": "/nonexistent"]) { daemon in
                    let begun = try await daemon.ask(
                        "POST", "/v1/batches?register=true", ["Content-Type": "text/csv"],
                        try scene.batch.text("accounts.csv"))
                    #expect(begun.status == 202, "\(begun.body)")
                    let path = "/v1/batches/\(try #require(begun["batch_id"] as? String))"
                    let events = try await daemon.ask("GET", path + "/events").events
                    #expect(events.last?.name == "summary")
                    let told = events.filter { $0.name == "row" }.compactMap { $0.data["row"] as? Int }
                    #expect(told.sorted() == Array(1...12))
                    let summary = try await daemon.ask("GET", path)
                    #expect(summary["status"] as? String == "done")
                    #expect(summary["summary", "registered"] as? Int == 11, "\(summary.body)")
                    for user in scene.batch.users { #expect(!daemon.log.contains(user.written)) }
                }
            }
            for (address, logins) in scene.batch.logins() { #expect(logins == 2, "\(address)") }
        }
    }

    private static let refused: [(String, Int32)] = [("nats://127.0.0.1:1", 2), ("nats://u:p@127.0.0.1:1", 64)]

    @Test(arguments: refused) func itDoesNotStartWithoutItsQueue(_ url: String, _ status: Int32) async throws {
        try await QueueScene.with(1) { scene in
            let daemon = try await Daemon(
                [
                    "--listen", "127.0.0.1:0", "--state-directory", scene.batch.path("service"),
                    "--key-file", scene.key, "--queue", url,
                ])
            #expect(daemon.port == nil)
            #expect(await daemon.status == status, "\(daemon.log)")
        }
    }
}

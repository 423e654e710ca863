import Foundation
import MailLoopback
import MailTestSupport
import Testing

@Suite("mailconnectd: batches", .serialized)
struct ServiceBatchTests {
    private static let csv = ["Content-Type": "text/csv"]

    private func arguments(_ scene: BatchScene) -> [String] {
        [
            "--resolver", "\(scene.routes.resolver)", "--ca-file", scene.folder.appending(path: "ca.pem").path,
            "--api-url", "https://api.many.test:\(scene.port("api.many.test", 443))",
            "--allow-private-addresses", "127.0.0.0/8", "--pace", "none",
            "--state-directory", scene.folder.appending(path: "service").path,
        ]
    }

    private let environment = ["COLDSEND_API_KEY": BatchScene.key, "HOME": "/nonexistent"]

    private func rows(_ scene: BatchScene) throws -> String {
        String(decoding: try Data(contentsOf: scene.folder.appending(path: "accounts.csv")), as: UTF8.self)
    }

    @Test func aBatchLivesAndIsTold() async throws {
        try await BatchScene.with(12) { scene in
            let folder = scene.folder.appending(path: "tokens")
            try Data("ann:token-of-ann\nbob:token-of-bob\n".utf8).write(to: folder)
            let tokens = ["--token-file", folder.path]
            let ann = ["Authorization": "Bearer token-of-ann"]
            let rows = try rows(scene)
            var id = ""
            try await Daemon.with(arguments(scene) + tokens, environment: environment) { daemon in
                let headers = Self.csv.merging(ann) { $1 }.merging(["Idempotency-Key": "b1"]) { $1 }
                let begun = try await daemon.ask("POST", "/v1/batches?register=true", headers, rows)
                #expect(begun.status == 202, "\(begun.body)")
                id = try #require(begun["batch_id"] as? String)
                let path = "/v1/batches/\(id)"
                let events = try await daemon.ask("GET", path + "/events", ann).events
                #expect(events.map(\.id) == Array(1...max(1, events.count)))
                #expect(events.last?.name == "summary")
                let told = events.filter { $0.name == "row" }.compactMap { $0.data["row"] as? Int }
                #expect(told.sorted() == Array(1...12))
                let later = try await daemon.ask("GET", path + "/events", ann.merging(["Last-Event-ID": "3"]) { $1 })
                #expect(later.events.first?.id == 4 && later.events.count == events.count - 3)
                let summary = try await daemon.ask("GET", path, ann)
                #expect(summary["status"] as? String == "done")
                #expect(summary["summary", "rows"] as? Int == 12)
                #expect(summary["summary", "registered"] as? Int == 11, "\(summary.body)")
                let again = try await daemon.ask("POST", "/v1/batches?register=true", headers, rows)
                #expect(again.body == begun.body)
                let other = try await daemon.ask("POST", "/v1/batches", headers, rows)
                #expect(other.status == 422)
                for rest in ["", "/events", "/results"] {
                    let bob = try await daemon.ask("GET", path + rest, ["Authorization": "Bearer token-of-bob"])
                    #expect(bob.status == 404)
                }
                let results = try await daemon.ask("GET", path + "/results", ann)
                #expect(results.body.split(separator: "\n").count == 12)
                for user in scene.users {
                    #expect(!results.body.contains(user.written) && !daemon.log.contains(user.written))
                }
            }
            try await Daemon.with(arguments(scene) + tokens, environment: environment) { daemon in
                let summary = try await daemon.ask("GET", "/v1/batches/\(id)", ann)
                #expect(summary["status"] as? String == "done" && summary["summary", "rows"] as? Int == 12)
                let results = try await daemon.ask("GET", "/v1/batches/\(id)/results", ann)
                #expect(results.body.split(separator: "\n").count == 12)
                let events = try await daemon.ask("GET", "/v1/batches/\(id)/events", ann).events
                #expect(events.last?.name == "summary" && events.count == 13)
            }
        }
    }

    @Test(arguments: ["cancelled", "interrupted"]) func aBatchIsEndedEarly(_ end: String) async throws {
        let server = try SilentServer()
        try await BatchScene.with(1) { scene in
            let header = "email_address,smtp_password,smtp_host,smtp_port,imap_host,imap_port\n"
            let row = "user1@many.test,secret-pw,127.0.0.1,\(server.port),127.0.0.1,\(server.port)\n"
            let daemon = try await Daemon(
                ["--listen", "127.0.0.1:0", "--grace-period", "1"] + arguments(scene), environment: environment)
            let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
            async let closed = server.client { arrival.yield() }
            let begun = try await daemon.ask("POST", "/v1/batches", Self.csv, header + row)
            let path = "/v1/batches/\(try #require(begun["batch_id"] as? String))"
            for await _ in arrivals { break }
            if end == "cancelled" {
                let told = try await daemon.ask("DELETE", path)
                #expect(told.status == 200 && told["status"] as? String == "cancelled", "\(told.body)")
                let seen1 = try await daemon.ask("GET", path + "/events").events.last?.name
                #expect(seen1 == "summary")
                _ = await closed
                await daemon.stop()
            } else {
                daemon.send(SIGTERM)
                _ = await closed
                #expect(await daemon.status == 0)
            }
            try await Daemon.with(arguments(scene), environment: environment) { second in
                let told2 = try await second.ask("GET", path)["status"] as? String
                #expect(told2 == end)
            }
        }
    }
}

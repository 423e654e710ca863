import Foundation
import MailLoopback
import MailTestSupport
import Testing

/// What providers take is counted over the whole fleet, and the queue's own door is watched.
@Suite("a fleet's manners", .serialized, .enabled(if: QueueServer.program != nil, QueueScene.isInstalled))
struct QueuePaceTests {
    /// A catalogue that knows the provider of a scene.
    static func catalogue(_ scene: QueueScene, pace: String) throws -> String {
        let folder = scene.batch.folder.appending(path: "providers")
        try FileManager.default.copyItem(at: URL(filePath: Repository.path("providers")), to: folder)
        let profile = """
            {"id": "many", "name": "Many", "kind": "mailbox", "inbox_type": "CUSTOM_SMTP", "domains": [],
            "mx": [{"suffix": "many.test"}], "smtp": [], "imap": [],
            "password": {"kind": "not_known", "who": "user", "how": [], "links": []}, "switches": [], "limits": [],
            "daily_cap": null, "pace": \(pace), "links": [], "notes": [], "sources": []}
            """
        try Data(profile.utf8).write(to: folder.appending(path: "profiles/many.json"))
        return folder.path
    }

    @Test func noMoreAtAServerThanItTakes() async throws {
        try await QueueScene.with(36) { scene in
            let catalogue = try Self.catalogue(scene, pace: "{\"connections\": 3, \"pause_s\": 1}")
            let more = ["--providers", catalogue]
            let (output, _) = try await scene.withWorkers(3, more) { _ in
                try await scene.batch.batch(scene.arguments(more))
            }
            #expect(output.numbers.sorted() == Array(1...36), "\(output.error)")
            #expect(output.summary("ready") == 33)
            #expect((1...3).contains(scene.batch.smtp.record.mostOpen), "\(scene.batch.smtp.record.mostOpen)")
            #expect((1...3).contains(scene.batch.imap.record.mostOpen), "\(scene.batch.imap.record.mostOpen)")
        }
    }

    /// `tls://` with the right roots, with the wrong ones, and under another name.
    @Test func theQueueMustBeWhoItSaysItIs() async throws {
        let authority = try CertificateAuthority()
        let issued = try authority.issue(CertificateRequest(names: ["localhost"]))
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            ("chain.pem", issued.chainPEM), ("key.pem", issued.privateKeyPEM), ("ca.pem", authority.certificatePEM),
        ] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        func path(_ name: String) -> String { folder.appending(path: name).path }
        try await QueueScene.with(1, ["-js", "--tls", "--tlscert", path("chain.pem"), "--tlskey", path("key.pem")]) {
            scene in
            let place = "localhost:\(scene.server.port)"
            let table = [
                ("tls://\(place)", path("ca.pem"), 0), ("nats://\(place)", path("ca.pem"), 0),
                ("tls://\(place)", scene.batch.path("ca.pem"), 2),
                ("tls://127.0.0.1:\(scene.server.port)", path("ca.pem"), 2),
            ]
            for (url, roots, status) in table {
                let tool = KillableTool(signal: SIGTERM)
                let arguments = ["worker", "--queue", url, "--key-file", scene.key, "--ca-file", roots]
                // It says that it takes rows once it is connected.
                try await tool.run(
                    arguments, environment: scene.batch.environment, kill: status == 0 ? .init(line: 1) : nil)
                #expect(tool.status == Int32(status), "\(url): \(tool.error)")
            }
        }
    }
}

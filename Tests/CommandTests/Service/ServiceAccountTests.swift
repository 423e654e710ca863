import Foundation
import MailLoopback
import Synchronization
import Testing

@Suite("mailconnectd: accounts and idempotency", .serialized)
struct ServiceAccountTests {
    private static func key(_ text: String) -> [String: String] { ["Idempotency-Key": text] }

    /// The inbox id of an answer.
    private func inbox(_ reply: HTTPReply) -> String? { reply["registration", "inbox_id"] as? String }

    @Test func tenAtOnceWithOneKeyMakeOneRequest() async throws {
        try await ServiceScene.with { scene in
            try await scene.serving { daemon in
                let body = try scene.addition()
                let replies = try await withThrowingTaskGroup(of: HTTPReply.self) { group in
                    for _ in 0..<10 {
                        group.addTask { try await daemon.post("/v1/accounts", body, Self.key("one")) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(replies.map(\.status) == Array(repeating: 201, count: 10))
                #expect(Set(replies.map(\.body)).count == 1)
                #expect(scene.scene.api.posts == 1)
                #expect(scene.scene.imap.record.logins.count == 1)
                let other = try await daemon.post(
                    "/v1/accounts", scene.addition(["display_name": "Joe"]), Self.key("one"))
                #expect(other.status == 422 && other["id"] as? String == "key_reused")
                let otherPassword = try await daemon.post(
                    "/v1/accounts", scene.addition(["smtp_password": "another"]), Self.key("one"))
                #expect(otherPassword.status == 422)
                for secret in AddScene.secretForms {
                    #expect(!(replies.first?.body.contains(secret) ?? true) && !daemon.log.contains(secret))
                }
            }
        }
    }

    @Test func theAnswerOutlivesTheProcess() async throws {
        try await ServiceScene.with { scene in
            let body = try scene.addition()
            let first = try await scene.serving { try await $0.post("/v1/accounts", body, Self.key("own-key-4711")) }
            #expect(first.status == 201)
            let logins = scene.scene.imap.record.logins.count
            try await scene.serving { daemon in
                let again = try await daemon.post("/v1/accounts", body, Self.key("own-key-4711"))
                #expect(again.status == 201 && again.body == first.body)
                #expect(scene.scene.imap.record.logins.count == logins)
                let streamed = try await daemon.post(
                    "/v1/accounts", body, Self.key("own-key-4711").merging(["Accept": "text/event-stream"]) { $1 })
                #expect(streamed.events.last?.name == "report")
                let fresh = try await daemon.post("/v1/accounts", body, Self.key("fresh"))
                #expect(fresh["registration", "status"] as? String == "already_registered")
                #expect(inbox(fresh) == inbox(first) && inbox(first) != nil)
            }
            #expect(scene.scene.api.posts == 1)
            let octets = String(decoding: try scene.scene.stateOctets(), as: UTF8.self)
            for secret in AddScene.secretForms { #expect(!octets.contains(secret)) }
            #expect(!octets.contains("own-key-4711"))
        }
    }

    /// Killed when the request is at some point: what became of it is not known, and nothing is sent again.
    @Test(arguments: [RegistrationEvent.received, .stored]) func aKillLeavesItUnknown(at moment: RegistrationEvent)
        async throws
    {
        let daemon = Mutex<Daemon?>(nil)
        let setup = AddScene.Setup(faults: [.silent], allowsDuplicates: true) { event in
            if event == moment { daemon.withLock { $0 }?.send(SIGKILL) }
        }
        // A silent API stores nothing: it is killed when the request has come.
        let usual = AddScene.Setup(allowsDuplicates: true) { event in
            if event == moment { daemon.withLock { $0 }?.send(SIGKILL) }
        }
        try await ServiceScene.with(moment == .received ? setup : usual) { scene in
            let body = try scene.addition()
            let killed = try await Daemon(
                ["--listen", "127.0.0.1:0"] + scene.arguments(), environment: scene.environment())
            daemon.withLock { $0 = killed }
            _ = try? await killed.post("/v1/accounts", body, Self.key("cut"))
            #expect(await killed.status == -SIGKILL)
            daemon.withLock { $0 = nil }
            let posts = scene.scene.api.posts
            try await scene.serving { second in
                for _ in 0..<2 {
                    let reply = try await second.post("/v1/accounts", body, Self.key("cut"))
                    #expect(reply.status == 200)
                    #expect(reply["registration", "status"] as? String == "unknown", "\(reply.body)")
                }
            }
            #expect(scene.scene.api.posts == posts)
        }
    }

    @Test func aDryRunNeedsNoKeyAndSendsNothing() async throws {
        try await ServiceScene.with { scene in
            try await scene.serving(hasKey: false) { daemon in
                let reply = try await daemon.post("/v1/accounts", scene.addition(["dry_run": true]))
                #expect(reply.status == 200, "\(reply.body)")
                #expect(reply["registration", "obstacle"] as? String == "dry_run")
                #expect(reply["registration", "request", "smtp_password"] as? String == "[redacted]")
            }
            #expect(scene.scene.api.posts == 0)
        }
    }

    @Test func aWrongPasswordRegistersNothing() async throws {
        try await ServiceScene.with { scene in
            try await scene.serving { daemon in
                let reply = try await daemon.post(
                    "/v1/accounts", scene.addition(["smtp_password": "wrong"]), ["Accept": "text/event-stream"])
                let report = reply.events.last?.data
                #expect(report?["verdict"] as? String == "action_needed")
                #expect(reply.events.contains { $0.name == "registration" })
            }
            #expect(scene.scene.api.posts == 0)
        }
    }
}

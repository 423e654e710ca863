import Foundation
import MailLoopback
import MailTestSupport
import Synchronization
import Testing

@Suite("mailconnectd: runs, their events and their end", .serialized)
struct ServiceRunTests {
    private static let stream = ["Accept": "text/event-stream"]

    @Test func eventsArePiecesOfTheReport() async throws {
        try await ServiceScene.with { scene in
            try await scene.serving { daemon in
                let reply = try await daemon.post("/v1/doctor", scene.body(), Self.stream)
                #expect(reply.status == 200)
                #expect(reply.headers["content-type"] == "text/event-stream")
                let events = reply.events
                #expect(events.map(\.id) == Array(1...max(1, events.count)))
                let names = Set(events.map(\.name))
                #expect(
                    names.isSubset(of: [
                        "evidence", "settings", "waiting", "observation", "finding", "verdict", "report",
                    ]))
                #expect(names.isSuperset(of: ["evidence", "settings", "observation", "verdict"]))
                let report = try #require(events.last)
                #expect(report.name == "report")
                #expect(
                    report.data["verdict"] as? String == "ready_with_warnings"
                        || report.data["verdict"] as? String == "ready")
                let checks = (report.data["checks"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                let told = events.filter { $0.name == "observation" }.compactMap { $0.data["id"] as? String }
                #expect(told.sorted() == checks.sorted())
                #expect(events.dropLast().allSatisfy { $0.data["offset_ms"] != nil })
                let plain = try await daemon.post("/v1/doctor", scene.body())
                #expect(plain["verdict"] as? String == report.data["verdict"] as? String)
                for secret in AddScene.secretForms {
                    #expect(
                        !reply.body.contains(secret) && !plain.body.contains(secret) && !daemon.log.contains(secret))
                }
                #expect(!daemon.log.contains("jane"))
                let metrics = try await daemon.ask("GET", "/metrics").body
                #expect(
                    metrics.contains(
                        #"mailconnect_runs_total{command="doctor",verdict="\#(plain["verdict"] ?? "")"} 2"#))
                #expect(metrics.contains("mailconnect_runs_in_flight 0"))
                #expect(metrics.contains("mailconnect_stage_seconds_count"))
                #expect(!metrics.contains("jane"))
            }
        }
    }

    @Test func aPrivateAddressIsNotConnectedTo() async throws {
        let hosts = ["mail.kill.test", "127.0.0.1", "::ffff:127.0.0.1", "::1"]
        try await ServiceScene.with { scene in
            try await scene.serving(isAllowed: false) { daemon in
                for host in hosts {
                    let port = scene.scene.port("mail.kill.test", 587)
                    let reply = try await daemon.post(
                        "/v1/doctor",
                        scene.body(["smtp": ["host": host, "port": port], "imap": ["host": host, "port": port]]))
                    #expect(reply.status == 200)
                    let ids = (reply.json["findings"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                    #expect(ids.contains("address_not_allowed"), "\(host): \(ids)")
                    #expect(reply["verdict"] as? String == "action_needed")
                }
            }
            #expect(scene.scene.imap.record.connections == 0)
            #expect((scene.scene.smtp as? MailPeer)?.record.connections == 0)
        }
    }

    /// A client that goes away ends its run: the connection to the mail server is closed at once.
    @Test(arguments: [true, false]) func aClientThatGoesAwayEndsItsRun(streams: Bool) async throws {
        let server = try SilentServer()
        try await ServiceScene.with { scene in
            try await scene.serving { daemon in
                let body = try scene.body([
                    "smtp": ["host": "127.0.0.1", "port": server.port, "security": "tls"], "timeout_s": 120,
                ])
                let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
                async let closed = server.client { arrival.yield() }
                let http = RawHTTP(port: daemon.port ?? 0)
                var headers = ["Content-Type": "application/json"]
                if streams { headers["Accept"] = "text/event-stream" }
                let connection = try LoopbackSocket(port: http.port)
                connection.send(http.text("POST", "/v1/doctor", headers, body))
                for await _ in arrivals { break }
                connection.leave()
                _ = await closed
            }
        }
    }

    @Test func whatIsInFlightEndsBeforeTheServiceDoes() async throws {
        let server = try SilentServer()
        try await ServiceScene.with { scene in
            let daemon = try await Daemon(
                ["--listen", "127.0.0.1:0"] + scene.arguments(), environment: scene.environment())
            let body = try scene.body([
                "smtp": ["host": "127.0.0.1", "port": server.port, "security": "tls"], "timeout_s": 4,
            ])
            let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
            async let closed = server.client { arrival.yield() }
            async let answered = daemon.post("/v1/doctor", body)
            for await _ in arrivals { break }
            daemon.send(SIGTERM)
            let reply = try await answered
            #expect(reply.status == 200)
            _ = await closed
            #expect(await daemon.status == 0, "\(daemon.log)")
            #expect(throws: SocketFailure.self) { try LoopbackSocket(port: daemon.port ?? 0) }
        }
    }

    @Test func theGracePeriodIsTheLongest() async throws {
        let server = try SilentServer()
        try await ServiceScene.with { scene in
            let daemon = try await Daemon(
                ["--listen", "127.0.0.1:0", "--grace-period", "0.2"] + scene.arguments(),
                environment: scene.environment())
            let body = try scene.body([
                "smtp": ["host": "127.0.0.1", "port": server.port, "security": "tls"], "timeout_s": 120,
            ])
            let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
            async let closed = server.client { arrival.yield() }
            async let answered = try? daemon.post("/v1/doctor", body)
            for await _ in arrivals { break }
            daemon.send(SIGTERM)
            #expect(await daemon.status == 0, "\(daemon.log)")
            _ = await (closed, answered)
        }
    }

    @Test func fullIsToldWithWhenToComeAgain() async throws {
        let server = try SilentServer()
        try await ServiceScene.with { scene in
            try await scene.serving(["--max-runs", "1"]) { daemon in
                let body = try scene.body([
                    "smtp": ["host": "127.0.0.1", "port": server.port, "security": "tls"], "timeout_s": 120,
                ])
                let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
                async let closed = server.client { arrival.yield() }
                let http = RawHTTP(port: daemon.port ?? 0)
                let connection = try LoopbackSocket(port: http.port)
                connection.send(http.text("POST", "/v1/doctor", ["Content-Type": "application/json"], body))
                for await _ in arrivals { break }
                let refused = try await daemon.post("/v1/doctor", scene.body())
                #expect(refused.status == 503)
                #expect(refused.headers["retry-after"] != nil)
                let seen1 = try await daemon.ask("GET", "/readyz").status
                #expect(seen1 == 503)
                let seen2 = try await daemon.ask("GET", "/healthz").status
                #expect(seen2 == 200)
                connection.leave()
                _ = await closed
            }
        }
    }
}

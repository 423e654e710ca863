import Foundation
import MailTestSupport
import Testing

@Suite("mailconnectd: routes and what is wrong with requests", .serialized)
struct ServiceRouteTests {
    /// A request, and how it is answered.
    struct Row: Sendable {
        var method = "POST"
        var path: String
        var headers: [String: String] = ["Content-Type": "application/json"]
        var body = ""
        var status: Int
        var id: String?
        var field: String?
    }

    private static let explain = "/v1/explain"

    static let rows: [Row] = [
        Row(method: "GET", path: "/healthz", status: 200), Row(method: "GET", path: "/readyz", status: 200),
        Row(method: "GET", path: "/metrics", status: 200), Row(method: "GET", path: "/openapi.json", status: 200),
        Row(method: "GET", path: "/", status: 200), Row(method: "GET", path: "/app.css", status: 200),
        Row(method: "GET", path: "/app.js", status: 200), Row(method: "HEAD", path: "/healthz", status: 200),
        Row(method: "GET", path: "/v1/providers", status: 200),
        Row(method: "GET", path: "/v1/providers/gmail", status: 200),
        Row(method: "GET", path: "/v1/providers/nobody", status: 404, id: "not_found"),
        Row(method: "GET", path: "/nowhere", status: 404, id: "not_found"),
        Row(method: "GET", path: "/v1/batches/b00000000000000000000000000000000", status: 404, id: "not_found"),
        Row(method: "GET", path: "/v1/batches/..%2f..%2fetc", status: 404, id: "not_found"),
        Row(method: "PUT", path: "/healthz", status: 405, id: "method_not_allowed"),
        Row(method: "GET", path: "/v1/doctor", status: 405, id: "method_not_allowed"),
        Row(path: explain, body: #"{"text":"535 5.7.8 bad"}"#, status: 200),
        Row(path: explain, body: "{", status: 400, id: "not_json"),
        Row(path: explain, body: "", status: 400, id: "not_json"),
        Row(path: explain, body: #"{"text":"a","text":"b"}"#, status: 400, id: "not_json"),
        Row(path: explain, body: String(repeating: "[", count: 50_000), status: 400, id: "not_json"),
        Row(path: explain, body: "[]", status: 422, id: "invalid_field"),
        Row(path: explain, body: "{}", status: 422, id: "invalid_field", field: "text"),
        Row(path: explain, body: #"{"text":5}"#, status: 422, id: "invalid_field", field: "text"),
        Row(path: explain, body: #"{"text":"a","more":1}"#, status: 422, id: "invalid_field", field: "more"),
        Row(path: explain, headers: [:], body: #"{"text":"a"}"#, status: 415, id: "unsupported_media_type"),
        Row(
            path: explain, headers: ["Content-Type": "text/plain"], body: "a", status: 415,
            id: "unsupported_media_type"),
        Row(
            path: explain, headers: ["Content-Type": "application/json", "Content-Encoding": "gzip"], body: "a",
            status: 415, id: "unsupported_media_type"),
        Row(
            path: explain, body: #"{"text":""# + String(repeating: "a", count: 1_048_576) + #""}"#, status: 413,
            id: "body_too_large"),
        Row(path: "/v1/detect", body: "{}", status: 422, id: "invalid_field", field: "address"),
        Row(path: "/v1/detect", body: #"{"domain":"a b"}"#, status: 422, id: "invalid_field", field: "domain"),
        Row(
            path: "/v1/detect", body: #"{"domain":"a.test","address":"a@a.test"}"#, status: 422, id: "invalid_field",
            field: "domain"),
        Row(path: "/v1/detect", body: #"{"domain":"gmail.com","reach":"offline"}"#, status: 200),
        Row(path: "/v1/doctor", body: #"{"address":"nobody"}"#, status: 422, id: "invalid_field", field: "address"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","smtp":{"host":"a.test","port":0}}"#, status: 422,
            id: "invalid_field", field: "smtp.port"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","imap":{"port":993}}"#, status: 422,
            id: "invalid_field", field: "imap.host"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","imap":{"host":"a.test","tls":true}}"#, status: 422,
            id: "invalid_field", field: "imap.tls"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","timeout_s":121}"#, status: 422, id: "invalid_field",
            field: "timeout_s"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","provider":"nobody"}"#, status: 422,
            id: "invalid_field", field: "provider"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","smtp_password":""}"#, status: 422,
            id: "invalid_field", field: "smtp_password"),
        Row(
            path: "/v1/doctor", body: #"{"address":"a@a.test","smtp_password":"a","oauth_token":"b"}"#, status: 422,
            id: "invalid_field", field: "oauth_token"),
        Row(
            path: "/v1/accounts", body: #"{"address":"a@a.test","display_name":"A"}"#, status: 422,
            id: "invalid_field", field: "smtp_password"),
        Row(
            path: "/v1/accounts", body: #"{"address":"a@a.test","smtp_password":"a"}"#, status: 422,
            id: "invalid_field", field: "display_name"),
        Row(
            path: "/v1/accounts", body: #"{"address":"a@a.test","smtp_password":"a","display_name":"A"}"#, status: 503,
            id: "no_api_key"),
        Row(path: "/v1/batches", body: "{}", status: 415, id: "unsupported_media_type"),
        Row(
            path: "/v1/batches?register=maybe", headers: ["Content-Type": "text/csv"], body: "email\n", status: 422,
            id: "invalid_field", field: "register"),
        Row(
            path: "/v1/batches?register=true", headers: ["Content-Type": "text/csv"], body: "email\n", status: 503,
            id: "no_api_key"),
        Row(path: "/v1/batches", headers: ["Content-Type": "text/csv"], body: "", status: 422, id: "bad_file"),
        Row(
            method: "GET", path: "/healthz", headers: ["Host": "evil.test"], status: 403, id: "foreign_host"),
        Row(
            method: "GET", path: "/healthz", headers: ["Host": "127.0.0.1:1"], status: 403, id: "foreign_host"),
        Row(
            method: "GET", path: "/", headers: ["Origin": "http://evil.test"], status: 403, id: "foreign_origin"),
        Row(method: "GET", path: "/", headers: ["Origin": "null"], status: 403, id: "foreign_origin"),
        Row(
            method: "GET", path: "/", headers: ["Origin": "http://127.0.0.1:1"], status: 403, id: "foreign_origin"),
    ]

    @Test func everyRowIsAnsweredAsItShouldBe() async throws {
        try await ServiceScene.with { scene in
            try await scene.serving(hasKey: false) { daemon in
                for row in Self.rows {
                    let reply = try await daemon.ask(row.method, row.path, row.headers, row.body)
                    let place = Comment(
                        rawValue: "\(row.method) \(row.path) \(row.body.prefix(80)): \(reply.body.prefix(200))")
                    #expect(reply.status == row.status, place)
                    #expect(reply["id"] as? String == row.id ?? reply["id"] as? String, place)
                    #expect(reply["field"] as? String == row.field ?? reply["field"] as? String, place)
                    if row.status >= 400 {
                        #expect(reply.headers["content-type"] == "application/problem+json", place)
                        #expect(reply["status"] as? Int == row.status, place)
                    }
                    if row.status == 405 { #expect(reply.headers["allow"] != nil, place) }
                    if row.status == 503 || row.status == 429, row.id != "no_api_key" {
                        #expect(reply.headers["retry-after"] != nil, place)
                    }
                    #expect(reply.headers["x-content-type-options"] == "nosniff", place)
                    #expect(reply.headers["content-security-policy"]?.contains("unsafe") == false, place)
                    #expect(reply.headers["referrer-policy"] != nil, place)
                }
            }
        }
    }

    @Test func aTokenIsNeededWhereThereAreTokens() async throws {
        try await ServiceScene.with { scene in
            let file = scene.scene.folder.appending(path: "tokens")
            try Data("ann:s3cret-of-ann\nbob:s3cret-of-bob\n".utf8).write(to: file)
            try await scene.serving(["--token-file", file.path]) { daemon in
                func status(_ path: String, _ authorization: String?) async throws -> Int {
                    let reply = try await daemon.ask("GET", path, ["Authorization": authorization ?? ""])
                    if reply.status == 401 { #expect(reply.headers["www-authenticate"]?.hasPrefix("Bearer") == true) }
                    return reply.status
                }
                for path in ["/", "/app.js", "/healthz", "/readyz", "/openapi.json"] {
                    let seen1 = try await status(path, nil)
                    #expect(seen1 == 200)
                }
                for path in ["/v1/providers", "/v1/nowhere", "/metrics"] {
                    for wrong in [
                        nil, "Bearer wrong", "Basic s3cret-of-ann", "s3cret-of-ann", "Bearer ann:s3cret-of-ann",
                    ] {
                        let seen2 = try await status(path, wrong)
                        #expect(seen2 == 401, "\(path) \(wrong ?? "-")")
                    }
                }
                let seen3 = try await status("/v1/providers", "Bearer s3cret-of-ann")
                #expect(seen3 == 200)
                let seen4 = try await status("/v1/nowhere", "bearer s3cret-of-bob")
                #expect(seen4 == 404)
                #expect(!daemon.log.contains("s3cret"))
            }
        }
    }

    /// Arguments with which it does not start, and the status that it leaves with.
    static let refused: [([String], Int32)] = [
        (["--listen", "0.0.0.0:0"], 64), (["--listen", "0.0.0.0:0", "--behind-proxy"], 64),
        (["--listen", "nothing"], 64), (["--token-file", "/nonexistent"], 66), (["--max-runs", "0"], 64),
        (["--allow-private-addresses", "10.0.0.1/8"], 64), (["--tls-certificate", "/nonexistent"], 64),
        (["--ca-file", "/nonexistent"], 66), (["--providers", "/nonexistent"], 66), (["--nonsense"], 64),
    ]

    @Test(arguments: refused) func itDoesNotStart(_ arguments: [String], _ status: Int32) async throws {
        let daemon = try await Daemon(arguments, environment: ["HOME": "/nonexistent"])
        #expect(daemon.port == nil)
        #expect(await daemon.status == status, "\(daemon.log)")
    }

    @Test func aFileWithoutATokenDoesNotStart() async throws {
        try await ServiceScene.with { scene in
            for text in ["", "\n\n", "only-a-token\n", "ann:\n", "ann:a\nann:b\n", "a b:c\n"] {
                let file = scene.scene.folder.appending(path: "tokens")
                try Data(text.utf8).write(to: file)
                let daemon = try await Daemon(["--token-file", file.path], environment: scene.environment())
                #expect(await daemon.status == 65, "\(text)")
            }
        }
    }
}

/// What is said about the service's options.
struct ServiceOptionTests {
    @Test func theManualHasEveryOption() async throws {
        let help = try await ToolProcess(program: Daemon.path, ["--help"])
        let page = try String(contentsOfFile: Repository.path("packaging/mailconnectd.8"), encoding: .utf8)
        let options = Set(help.output.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
        #expect(options.count > 15)
        for option in options.subtracting(["--help", "--version"]) {
            #expect(page.contains(option.replacing("-", with: "\\-")), "\(option)")
        }
    }
}

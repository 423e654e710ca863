import Foundation
import MailLoopback
import Testing

/// The stand-in of the registration API, asked by curl.
@Suite struct LoopbackRegistrationTests {
    static let path = "/api/public/v1/sender-accounts/smtp"
    static let key = "cs_live_0123456789"

    static let good = #"""
        {"email_address":"al@example.test","display_name":"Al","inbox_type":"CUSTOM_SMTP","smtp_host":"h.test",
        "smtp_port":587,"smtp_username":"al","smtp_password":"pw","imap_host":"h.test","imap_port":993,
        "imap_username":"al","imap_password":"pw","daily_limit":25,"smtp_use_tls":true,"imap_use_ssl":true}
        """#

    /// What curl found: its exit status, the status code and the body.
    struct Answer { var exit: Int32, code: Int, body: String }

    private func curl(
        _ peer: RegistrationPeer, _ authority: CertificateAuthority, body: String = good, key: String? = key,
        path: String = path, options: [String] = []
    ) async throws -> Answer {
        try await serving(peer) { port throws in
            try await LoopbackTool.withFiles([authority.certificatePEM, body]) { files in
                let arguments =
                    [
                        "-sS", "--cacert", files[0], "--resolve", "api.example.test:\(port):127.0.0.1", "--max-time",
                        "30",
                    ]
                    + (key.map { ["-H", "X-API-Key: \($0)"] } ?? [])
                    + ["-H", "Content-Type: application/json", "--data-binary", "@\(files[1])"]
                    + options + ["-w", "\n%{http_code}", "https://api.example.test:\(port)\(path)"]
                let result = try await LoopbackTool.run("curl", ["-q"] + arguments)
                let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
                let body = lines.dropLast().joined(separator: "\n")
                return Answer(exit: result.status, code: Int(lines.last ?? "") ?? 0, body: body)
            }
        }
    }

    private func peer(_ faults: [RegistrationFault] = []) throws -> (RegistrationPeer, CertificateAuthority) {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(CertificateRequest(names: ["api.example.test"]))
        return (RegistrationPeer(certificate: certificate, faults: faults), authority)
    }

    @Test func aGoodRequestIsStoredOnce() async throws {
        let (peer, authority) = try peer()
        let first = try await curl(peer, authority)
        #expect(first.code == 201)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(first.body.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "success", "message", "inbox_id", "email_address", "display_name", "inbox_type", "daily_limit",
                "overall_status", "created_at",
            ])
        #expect(UUID(uuidString: object["inbox_id"] as? String ?? "") != nil)
        #expect(object["daily_limit"] as? Int == 25)
        #expect((object["created_at"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/) != nil)
        #expect(!first.body.contains("password"))
        let again = Self.good.replacing("al@example.test", with: "AL@example.test")
        #expect(try await curl(peer, authority, body: again).code == 409)
        #expect(peer.posts == 2 && peer.accounts == ["al@example.test"])
        #expect(peer.bodies == [Self.good, again])
    }

    /// A change of one field's JSON, and the `type` of the complaint about it; nil when there must be none.
    @Test(
        arguments: [
            ("email_address", nil, "missing"), ("email_address", #""a@b""#, "string_too_short"),
            ("email_address", #""al example""#, "value_error"), ("email_address", "7", "string_type"),
            ("email_address", #""\#(String(repeating: "a", count: 250))@b.test""#, "string_too_long"),
            ("display_name", #""""#, "string_too_short"), ("display_name", nil, "missing"),
            ("display_name", #""\#(String(repeating: "ü", count: 255))""#, nil),
            ("display_name", #""\#(String(repeating: "ü", count: 256))""#, "string_too_long"),
            ("inbox_type", #""GMAIL""#, "value_error"), ("inbox_type", #""OUTLOOK_365""#, nil),
            ("inbox_type", "null", "string_type"), ("smtp_host", nil, "missing"),
            ("smtp_host", #""""#, "string_too_short"),
            ("smtp_port", nil, "missing"), ("smtp_port", "0", "greater_than_equal"), ("smtp_port", "65535", nil),
            ("smtp_port", "65536", "less_than_equal"), ("smtp_port", #""587""#, "int_type"),
            ("smtp_port", "true", "int_type"),
            ("smtp_port", "587.5", "int_type"), ("smtp_username", nil, "missing"), ("smtp_password", nil, "missing"),
            ("smtp_password", #""\#(String(repeating: "p", count: 500))""#, nil),
            ("smtp_password", #""\#(String(repeating: "p", count: 501))""#, "string_too_long"),
            ("imap_host", nil, "missing"), ("imap_port", "-1", "greater_than_equal"),
            ("imap_username", "[]", "string_type"),
            ("imap_password", #""""#, "string_too_short"), ("daily_limit", nil, nil), ("daily_limit", "1", nil),
            ("daily_limit", "0", "greater_than_equal"), ("daily_limit", "1000000", nil), ("smtp_use_tls", nil, nil),
            ("smtp_use_tls", "false", nil), ("smtp_use_tls", #""yes""#, "bool_type"),
            ("imap_use_ssl", "1", "bool_type"),
            ("unknown_field", "1", nil),
        ] as [(String, String?, String?)])
    func field(_ name: String, _ value: String?, _ complaint: String?) async throws {
        let (peer, authority) = try peer()
        var fields = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.good.utf8)) as? [String: Any])
        fields[name] = nil
        var body = String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
        if let value { body = "{\"\(name)\":\(value)," + body.dropFirst() }
        let answer = try await curl(peer, authority, body: body)
        guard let complaint else {
            #expect(answer.code == 201, "\(answer.body)")
            return
        }
        #expect(answer.code == 422)
        let decoded = try JSONDecoder().decode(Complaints.self, from: Data(answer.body.utf8))
        #expect(decoded.detail.map(\.type) == [complaint])
        #expect(decoded.detail.first?.loc == ["body", name])
        #expect(peer.accounts == [])
    }

    struct Complaints: Decodable {
        struct Entry: Decodable {
            var loc: [String]
            var type: String
        }

        var detail: [Entry]
    }

    @Test(
        arguments: [
            (nil, path, [], good, 401), ("", path, [], good, 401), ("cs_live_", path, [], good, 401),
            ("sk_live_1", path, [], good, 401), (key, "/api/public/v1/sender-accounts", [], good, 404),
            (key, path, ["-X", "GET"], good, 405), (key, path, [], "{", 422), (key, path, [], "[]", 422),
            (key, path, ["-H", "Content-Type: text/plain"], "{}", 422),
            (key, path, [], String(repeating: " ", count: 1_100_000) + "{}", 413),
        ] as [(String?, String, [String], String, Int)])
    func refused(_ key: String?, _ path: String, _ options: [String], _ body: String, _ code: Int) async throws {
        let (peer, authority) = try peer()
        let answer = try await curl(peer, authority, body: body, key: key, path: path, options: options)
        #expect(answer.code == code, "\(answer.body)")
        #expect(peer.accounts == [])
    }

    /// A fault, curl's exit status (0, 28 out of time, 56 receiving failed), the status code, a text that must come,
    /// and whether the account is stored.
    @Test(
        arguments: [
            (.unauthorized, 0, 401, "Invalid", false), (.forbidden, 0, 403, "granted", false),
            (.conflict, 0, 409, "exists", false), (.unprocessable, 0, 422, "smtp_password", false),
            (.rateLimited(retryAfter: 7), 0, 429, "retry-after: 7", false),
            (.rateLimited(retryAfter: nil), 0, 429, "x-ratelimit-remaining: 0", false),
            (.serverError, 0, 500, "<html>", false), (.status(503), 0, 503, "detail", false),
            (.notSuccessful, 0, 201, "\"success\":false", true), (.garbage, 0, 201, "<created/>", true),
            (.redirect(to: "https://elsewhere.test/"), 0, 307, "location: https://elsewhere.test/", false),
            (.silent, 28, 0, "", false), (.slow(milliseconds: 1), 0, 201, "created_at", true),
            (.resetAfterStoring, 56, 0, "", true), (.reset, 56, 0, "", false),
        ] as [(RegistrationFault, Int32, Int, String, Bool)])
    func fault(_ fault: RegistrationFault, _ exit: Int32, _ code: Int, _ text: String, _ stored: Bool) async throws {
        let (peer, authority) = try peer([fault])
        let options = exit == 28 ? ["-i", "--max-time", "1"] : ["-i"]
        let answer = try await curl(peer, authority, options: options)
        #expect(answer.exit == exit, "\(answer.body)")
        #expect(answer.code == code)
        #expect(text.isEmpty || answer.body.contains(text), "\(answer.body)")
        #expect(peer.accounts.isEmpty != stored)
        #expect(peer.posts == 1)
        #expect(try await curl(peer, authority).code == (stored ? 409 : 201))
    }

    @Test func aRepeatedFaultStaysUntilItIsTaken() async throws {
        let (peer, authority) = try peer()
        peer.setFaults([.status(502)], repeating: true)
        for _ in 0..<2 { #expect(try await curl(peer, authority).code == 502) }
        peer.setFaults([])
        #expect(try await curl(peer, authority).code == 201)
    }

    @Test func anotherAuthorityIsNotTrusted() async throws {
        let (peer, _) = try peer()
        let answer = try await curl(peer, try CertificateAuthority())
        #expect(answer.exit == 60)
        #expect(peer.posts == 0)
    }
}

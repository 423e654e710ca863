import Foundation
import MailModel
import MailRegistration
import Testing

/// Every status and shape of body that the API documents, and those that stand between it and us.
@Suite struct RegistrationAnswerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let http: Int
        let body: String
        let status: RegistrationOutcome.Status
        /// What of the body must be told, in this order.
        var told: [String] = []
        /// What must not be.
        var untold: [String] = []

        var testDescription: String { "\(http) \(body.prefix(60).debugDescription)" }
    }

    private static let documented: [Case] = [
        Case(http: 400, body: #"{"detail":"bad parameters"}"#, status: .refused, told: ["400", "bad parameters"]),
        Case(http: 401, body: #"{"detail":"API key required"}"#, status: .refused, told: ["401", "API key required"]),
        Case(
            http: 401, body: #"{"detail":"API key required. Include your API key in X-API-Key header."}"#,
            status: .refused, told: ["Include your API key in X-API-Key header."]),
        Case(http: 401, body: #"{"detail":"Invalid or revoked API key"}"#, status: .refused, told: ["revoked"]),
        Case(
            http: 403,
            body: #"{"detail":"Missing required scopes: a:create","required":["a:create"],"granted":["b:read","c"]}"#,
            status: .refused, told: ["Missing required scopes: a:create", "required: a:create", "granted: b:read, c"]),
        Case(
            http: 403,
            body: #"{"detail":{"error":"insufficient_scopes","required":["a:create"],"granted":[]}}"#,
            status: .refused, told: ["insufficient_scopes", "required: a:create", "granted: none"]),
        Case(http: 404, body: #"{"detail":"Not Found"}"#, status: .refused, told: ["Not Found"]),
        Case(http: 405, body: #"{"detail":"Method Not Allowed"}"#, status: .refused),
        Case(http: 408, body: "", status: .refused, told: ["408"]),
        Case(
            http: 409, body: #"{"detail":"Email already exists"}"#, status: .alreadyRegistered, told: ["already exists"]
        ),
        Case(http: 409, body: "", status: .alreadyRegistered),
        Case(http: 409, body: "<html>conflict</html>", status: .alreadyRegistered),
        Case(
            http: 422,
            body: #"{"detail":[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]}"#,
            status: .refused, told: ["name: field required"], untold: ["value_error", "body"]),
        Case(
            http: 422,
            body: #"{"detail":[{"loc":["body","inboxes",3,"smtp_port"],"msg":"one","type":"t"},"#
                + #"{"loc":["body","imap_host"],"msg":"two","type":"t"}]}"#,
            status: .refused, told: ["inboxes.3.smtp_port: one", "imap_host: two"]),
        Case(
            http: 422,
            body: #"{"detail":[{"type":"string_too_short","loc":["body","smtp_password"],"msg":"too short","#
                + #""input":"EchoedInput","ctx":{"min_length":8,"seen":"EchoedContext"},"url":"https://e.example"}]}"#,
            status: .refused, told: ["smtp_password: too short"], untold: ["Echoed", "input", "ctx", "min_length"]),
        Case(
            http: 400, body: #"{"detail":[{"msg":"no loc"},"just text",7,null,{"loc":["body"]}]}"#, status: .refused,
            told: ["no loc", "just text"]),
        Case(
            http: 422, body: #"[{"loc":["x"],"msg":"bare list","input":"EchoedInput"}]"#, status: .refused,
            told: ["x: bare list"], untold: ["Echoed"]),
        Case(
            http: 429, body: #"{"detail":"Rate limit exceeded. Retry after 60 seconds."}"#, status: .refused,
            told: ["429", "Rate limit exceeded"]),
        Case(http: 500, body: #"{"detail":"Internal server error"}"#, status: .unknown, told: ["500", "Internal"]),
        Case(
            http: 503, body: #"{"detail":"Temporarily unavailable"}"#, status: .refused, told: ["503", "unavailable"]),
    ]

    private static let odd: [Case] = [
        Case(
            http: 502, body: "<html>\n<h1>502  Bad Gateway</h1>\r\n</html>", status: .unknown,
            told: ["502", "<html> <h1>502 Bad Gateway</h1> </html>"]),
        Case(http: 504, body: "upstream timed out", status: .unknown, told: ["upstream timed out"]),
        Case(http: 501, body: "", status: .unknown), Case(http: 599, body: "", status: .unknown),
        Case(http: 101, body: "", status: .unknown), Case(http: 0, body: "", status: .unknown),
        Case(http: 418, body: "", status: .refused), Case(http: 499, body: "", status: .refused),
        Case(http: 301, body: "", status: .refused, told: ["301"]),
        Case(http: 307, body: "moved", status: .refused, told: ["307"], untold: ["moved"]),
        Case(
            http: 403, body: "<script>alert(1)</script>\u{1B}[2J\u{202E}", status: .refused,
            told: ["<script>alert(1)</script>", "\\x1B"], untold: ["\u{1B}", "\u{202E}"]),
        Case(
            http: 400, body: #"{"detail":"nul \u0000 and \u001b[31m"}"#, status: .refused,
            told: ["\\x00", "\\x1B[31m"], untold: ["\u{0}", "\u{1B}"]),
        Case(http: 400, body: "\u{0}\u{0}raw", status: .refused, told: ["raw"], untold: ["\u{0}"]),
        Case(
            http: 400, body: #"{"detail":[{"loc":["body","x"],"msg":"m","input":"EchoedIn"#, status: .refused,
            told: ["400"], untold: ["Echoed"]),
        Case(http: 400, body: "\u{FEFF} {\"input\":\"EchoedInput\" broken", status: .refused, untold: ["Echoed"]),
        Case(
            http: 400, body: #"{"input":"EchoedInput","body":{"a":"EchoedBody"}}"#, status: .refused,
            untold: ["Echoed"]),
        Case(http: 400, body: #"{"detail":{"input":"EchoedInput"}}"#, status: .refused, untold: ["Echoed"]),
        Case(http: 400, body: #""a JSON text""#, status: .refused, told: ["a JSON text"]),
        Case(http: 400, body: #"{"message":"other key"}"#, status: .refused, told: ["other key"]),
        Case(http: 400, body: #"{"detail":null,"error":"third key"}"#, status: .refused, told: ["third key"]),
        Case(
            http: 400,
            body: #"{"detail":"1 error\n  Too short [type=x, input_value='Echoed...Echo', input_type=str]"}"#,
            status: .refused, told: ["Too short"], untold: ["Echo"]),
        Case(
            http: 400, body: #"{"detail":"[{'msg': 'm', 'input': 'EchoedInput'}]"}"#, status: .refused,
            told: ["'msg': 'm'"], untold: ["Echoed"]),
    ]

    private static let successes: [Case] = [
        Case(
            http: 200, body: #"{"success":false,"message":"Connection failed"}"#, status: .refused,
            told: ["200", "Connection failed"]),
        Case(http: 201, body: #"{"success":"False","detail":"no"}"#, status: .refused, told: ["no"]),
        Case(http: 201, body: #"{"success":0}"#, status: .refused),
        Case(http: 200, body: #"{"detail":"something went wrong"}"#, status: .unknown, told: ["went wrong"]),
        Case(http: 201, body: "{}", status: .unknown),
        Case(http: 202, body: #"{"success":null}"#, status: .unknown),
        Case(http: 201, body: #"{"success":true,"inbox_id":7,"daily_limit":"x","created_at":5}"#, status: .registered),
        Case(
            http: 201, body: #"{"success":true,"inbox_id":"i","email_address":"eve@other.test"}"#, status: .unknown,
            told: ["another address", "eve@other.test", "201"]),
        Case(
            http: 201, body: #"{"success":true,"inbox_id":"i","overall_status":"FAILED","message":"no login"}"#,
            status: .unknown, told: ["the account is FAILED", "201", "no login"]),
        Case(
            http: 200, body: #"{"success":true,"overall_status":"validation_error"}"#, status: .unknown,
            told: ["validation_error"]),
        Case(http: 201, body: #"{"success":true,"overall_status":"PENDING"}"#, status: .registered),
        Case(http: 201, body: #"{"success":true,"overall_status":"DISABLED"}"#, status: .registered),
        Case(http: 204, body: "", status: .unknown), Case(http: 200, body: "OK", status: .unknown),
        Case(http: 200, body: "<html>login</html>", status: .unknown), Case(http: 200, body: "[]", status: .unknown),
        Case(http: 200, body: "null", status: .unknown), Case(http: 200, body: #"{"success":true"#, status: .unknown),
        Case(http: 200, body: "{\"success\":true}\u{0}", status: .unknown),
        Case(http: 200, body: String(repeating: "[", count: 10_000), status: .unknown),
        Case(
            http: 200, body: #"{"a":"# + String(repeating: "[", count: 400) + String(repeating: "]", count: 400) + "}",
            status: .unknown),
    ]

    @Test(arguments: documented + odd + successes) func table(_ given: Case) async throws {
        let outcome = try await TestAccount().register(over: RecordingHTTP(given.http, given.body))
        #expect(outcome.status == given.status)
        #expect(outcome.httpStatus == given.http)
        #expect(outcome.request == (try TestAccount().request().redactedFields))
        #expect(outcome.obstacle == nil)
        #expect(!outcome.reason.isEmpty)
        #expect(outcome.reason.unicodeScalars.count < 600)
        #expect(outcome.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        var rest = outcome.reason[...]
        for word in given.told {
            let range = rest.range(of: word)
            #expect(range != nil, "\(word) in \(outcome.reason)")
            rest = rest[(range?.upperBound ?? rest.startIndex)...]
        }
        for word in given.untold { #expect(!outcome.reason.contains(word)) }
    }

    @Test func theNineDocumentedMembers() async throws {
        let body =
            #"{"success":true,"message":"SMTP inbox created successfully","inbox_id":"6c1f-uuid","#
            + #""email_address":"jane@example.com","display_name":"Jane","inbox_type":"CUSTOM_SMTP","daily_limit":50,"#
            + #""overall_status":"SOMETHING_NEW","created_at":"2024-01-01T00:00:00Z"}"#
        let account = TestAccount()
        let outcome = try await account.register(over: RecordingHTTP(201, body))
        #expect(
            outcome
                == RegistrationOutcome(
                    status: .registered, reason: "SMTP inbox created successfully", inboxID: "6c1f-uuid",
                    overallStatus: "SOMETHING_NEW", dailyLimit: 50,
                    createdAt: Date(timeIntervalSince1970: 1_704_067_200), httpStatus: 201,
                    request: try account.request().redactedFields))
    }

    @Test func missingMembersAreNil() async throws {
        let outcome = try await TestAccount().register(over: RecordingHTTP(200, #"{"success":true}"#))
        #expect(outcome.status == .registered)
        #expect(outcome.inboxID == nil && outcome.overallStatus == nil && outcome.createdAt == nil)
        #expect(outcome.dailyLimit == 20)
    }

    @Test func anAccountThatWasThereIsNotSaidToHaveOurLimit() async throws {
        let outcome = try await TestAccount().register(over: RecordingHTTP(409, "{}"))
        #expect(outcome.dailyLimit == nil)
    }

    @Test(
        arguments: [
            ("2024-01-01T00:00:00Z", 1_704_067_200.0), ("2024-01-01T00:00:00", 1_704_067_200),
            ("2024-01-01 00:00:00", 1_704_067_200), ("2024-01-01t00:00:00z", 1_704_067_200),
            ("2024-01-01T00:00:00.250000", 1_704_067_200.25), ("2024-01-01T00:00:00.5Z", 1_704_067_200.5),
            ("2024-01-01T01:00:00+01:00", 1_704_067_200), ("2023-12-31T19:30:00-0430", 1_704_067_200),
            ("2024-01-01 02:00:00.000000+02", 1_704_067_200), ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2024-01-01", nil), ("2023-02-29T00:00:00Z", nil), ("2024-13-01T00:00:00Z", nil),
            ("2024-01-01T25:00:00Z", nil), ("2024-01-01T00:00:00 Mars", nil), ("", nil), ("yesterday", nil),
            ("٢٠٢٤-01-01T00:00:00Z", nil), ("2024-01-01T00:00:00+99:00", nil),
        ] as [(String, Double?)])
    func createdAt(text: String, seconds: Double?) async throws {
        let body = #"{"success":true,"created_at":"\#(text)"}"#
        let outcome = try await TestAccount().register(over: RecordingHTTP(201, body))
        #expect(outcome.status == .registered)
        #expect(outcome.createdAt?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [200, 422, 502]) func aMegabyteIsCutShort(status: Int) async throws {
        for octet in [UInt8(ascii: "x"), UInt8(ascii: "["), 0, 0xFF] {
            let body = [UInt8](repeating: octet, count: 1_048_576)
            let outcome = try await TestAccount().register(over: RecordingHTTP(status, body))
            #expect(outcome.status == (status == 422 ? .refused : .unknown))
            #expect(outcome.reason.unicodeScalars.count < 400)
        }
    }

    @Test func manyValidationErrorsAreCounted() async throws {
        let entry = #"{"loc":["body","f"],"msg":"m"}"#
        let body = #"{"detail":["# + Array(repeating: entry, count: 100).joined(separator: ",") + "]}"
        let outcome = try await TestAccount().register(over: RecordingHTTP(422, body))
        #expect(outcome.reason.components(separatedBy: "f: m").count == 11)
        #expect(outcome.reason.contains("90"))
    }
}

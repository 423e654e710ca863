import MailModel
import MailNetwork
import MailRegistration
import Testing

@Suite struct RegistrationRequestTests {
    private static let names = [
        "email_address", "display_name", "inbox_type", "smtp_host", "smtp_port", "smtp_username", "smtp_password",
        "imap_host", "imap_port", "imap_username", "imap_password", "daily_limit", "smtp_use_tls", "imap_use_ssl",
    ]

    @Test func theWholeBodyOctetByOctet() async throws {
        let account = TestAccount()
        let http = RecordingHTTP(201, "{}")
        _ = try await account.register(over: http)
        let body = try #require(await http.requests.first?.body)
        let expected =
            #"{"email_address":"jane@example.com","display_name":"Jane Doe","inbox_type":"CUSTOM_SMTP","#
            + #""smtp_host":"smtp.example.com","smtp_port":587,"smtp_username":"jane@example.com","#
            + #""smtp_password":"S3nd-Me/plus+1","imap_host":"imap.example.com","imap_port":993,"#
            + #""imap_username":"jane","imap_password":"R3ad-Me?and=2","daily_limit":20,"#
            + #""smtp_use_tls":true,"imap_use_ssl":true}"#
        #expect(body == Array(expected.utf8))
    }

    @Test(arguments: [
        (#"Jane "JD" Doe"#, #"Jane \"JD\" Doe"#),
        (#"back\slash\"#, #"back\\slash\\"#),
        ("a/b", "a/b"),
        ("émoji 👩‍🚀 e\u{301}", "émoji 👩‍🚀 e\u{301}"),
        ("\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}", "\\u0000\\u0001\\u0008\\t\\n\\u000b\\u000c\\r\\u001f\u{7F}"),
        ("\r\n", "\\r\\n"),
        ("\u{2028}\u{FEFF}\u{10FFFF}", "\u{2028}\u{FEFF}\u{10FFFF}"),
        (" spaces stay ", " spaces stay "),
        ("\"}],\"x\":[{\"", #"\"}],\"x\":[{\""#),
    ])
    func textIsEscapedInNamesAndPasswords(text: String, json: String) async throws {
        var account = TestAccount()
        account.displayName = text
        account.smtpPassword = text
        account.imapPassword = text
        let http = RecordingHTTP(201, "{}")
        _ = try await account.register(over: http)
        let body = String(decoding: try #require(await http.requests.first?.body), as: UTF8.self)
        for field in ["display_name", "smtp_password", "imap_password"] {
            // Compared as octets: canonically equivalent spellings are different passwords.
            #expect(Array(body.utf8).contains(Array("\"\(field)\":\"\(json)\",".utf8)), "\(field)")
        }
    }

    @Test(arguments: [
        (587, ConnectionSecurity.starttls, 993, ConnectionSecurity.tls, true),
        (465, .tls, 993, .tls, true),
        (587, .starttls, 143, .starttls, false),
        (465, .tls, 993, .starttls, true),
        (2525, .starttls, 1143, .starttls, false),
        (2465, .tls, 1993, .tls, true),
    ])
    func flags(
        smtpPort: Int, smtpSecurity: ConnectionSecurity, imapPort: Int, imapSecurity: ConnectionSecurity, imapFlag: Bool
    ) throws {
        var account = TestAccount()
        account.smtp.port = smtpPort
        account.smtp.security = smtpSecurity
        account.imap.port = imapPort
        account.imap.security = imapSecurity
        let fields = try account.request().redactedFields
        #expect(fields.contains(RequestField(name: "smtp_use_tls", value: .flag(true))))
        #expect(fields.contains(RequestField(name: "imap_use_ssl", value: .flag(imapFlag))))
    }

    @Test func redactedFieldsAreAll14InOrder() throws {
        var account = TestAccount()
        account.displayName = "Jane\u{1B}[31m"
        let fields = try account.request().redactedFields
        #expect(fields.map(\.name) == Self.names)
        #expect(fields.filter { $0.value == .redacted }.map(\.name) == ["smtp_password", "imap_password"])
        #expect(fields[1].value == .text("Jane\\x1B[31m"))
        #expect(fields[4].value == .number(587))
        #expect(fields[11].value == .number(20))
    }

    @Test func everyProblemIsNamedAtOnce() throws {
        var account = TestAccount()
        account.address = "a@b"
        account.displayName = ""
        account.smtp.host = ""
        account.smtp.port = 0
        account.smtpUsername = nil
        account.smtpPassword = ""
        account.imap.host = String(repeating: "h", count: 256)
        account.imap.port = 65_536
        account.imapUsername = String(repeating: "u", count: 256)
        account.imapPassword = String(repeating: "Pw", count: 251)
        account.dailyLimit = 0
        let error = try #require(throws: RegistrationInputError.self) { try account.request() }
        let checked = Self.names.filter { !["inbox_type", "smtp_use_tls", "imap_use_ssl"].contains($0) }
        #expect(error.problems.map(\.field) == checked)
        #expect(error.problems.first { $0.field == "smtp_password" }?.limit == .characters(1...500))
        #expect(error.problems.first { $0.field == "email_address" }?.limit == .characters(5...255))
        #expect(error.problems.first { $0.field == "imap_port" }?.limit == .range(1...65_535))
        #expect(error.problems.first { $0.field == "daily_limit" }?.limit == .atLeast(1))
        var dumped = error.description
        dump(error, to: &dumped)
        #expect(!dumped.contains("PwPw"))
        #expect(dumped.contains("smtp_password"))
    }

    @Test func theLimitsThemselvesAreAllowed() throws {
        var account = TestAccount()
        account.address = "a@b.c"
        account.displayName = String(repeating: "é", count: 255)
        account.smtp.port = 1
        account.imap.port = 65_535
        account.smtpPassword = " "
        account.imapPassword = String(repeating: "👩", count: 500)
        account.dailyLimit = Int.max
        #expect(try account.request().redactedFields.count == 14)
    }

    @Test func lengthIsCountedInCodePoints() throws {
        var account = TestAccount()
        // One grapheme cluster of 256 code points.
        account.displayName = "e" + String(repeating: "\u{301}", count: 255)
        let error = try #require(throws: RegistrationInputError.self) { try account.request() }
        #expect(error.problems.map(\.field) == ["display_name"])
    }
}

import MailNetwork
import MailRegistration
import Testing

@Suite struct APIBaseTests {
    @Test(arguments: [
        ("https://api.example", "https://api.example"),
        ("https://api.example/", "https://api.example"),
        ("  https://api.example//\n", "https://api.example"),
        ("HTTPS://API.Example", "https://api.example"),
        ("https://api.example:443", "https://api.example"),
        ("https://API.example.:443/", "https://api.example"),
        ("https://api.example.", "https://api.example"),
        ("https://api.example.:8443", "https://api.example:8443"),
        ("https://api.example/api/public/v1", "https://api.example"),
        ("https://api.example/api/public/v1/", "https://api.example"),
        ("https://api.example//api//public/v1//", "https://api.example"),
        ("https://api.example:8443/", "https://api.example:8443"),
        ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://gate.example/coldsend", "https://gate.example/coldsend"),
        ("https://gate.example/coldsend/api/public/v1", "https://gate.example/coldsend"),
        ("https://gate.example/myapi/public/v1", "https://gate.example/myapi/public/v1"),
        ("https://gate.example/a%20b/", "https://gate.example/a%20b"),
    ])
    func joined(text: String, base: String) async throws {
        let http = RecordingHTTP(201, "{}")
        let account = TestAccount()
        let client = try account.client(http, base: text)
        _ = try await client.register(account.request(), permit: account.permit())
        #expect(await http.requests.map(\.url) == [base + "/api/public/v1/sender-accounts/smtp"])
        #expect(try APIBase(text).description == base)
    }

    @Test(arguments: [
        ("http://api.example", APIBaseError.notHTTPS), ("api.example", .notHTTPS), ("ftp://api.example", .notHTTPS),
        ("", .notHTTPS), ("//api.example", .notHTTPS),
        ("https://", .noHost), ("https:///path", .noHost),
        ("https://user@api.example", .userInformation), ("https://u:Zq9secret@api.example", .userInformation),
        ("https://@api.example", .userInformation),
        ("https://api.example?x=1", .queryOrFragment), ("https://api.example/?", .queryOrFragment),
        ("https://api.example/#", .queryOrFragment), ("https://api.example#Zq9secret", .queryOrFragment),
        ("https://api.example/../x", .malformed), ("https://api.example/./x", .malformed),
        ("https://api.example:0", .malformed), ("https://api.example:65536", .malformed),
        ("https://api.example/a b", .malformed), ("https://api.example\\@evil.example", .malformed),
        ("https://api.exa\r\nmple", .malformed), ("https://bücher.example", .malformed),
        ("https://api.example/\u{0}", .malformed),
    ])
    func refusedAndNeverQuoted(text: String, expected: APIBaseError) {
        let error = #expect(throws: APIBaseError.self) { try APIBase(text) }
        #expect(error == expected)
        #expect(error?.description.contains("Zq9") == false)
    }
}

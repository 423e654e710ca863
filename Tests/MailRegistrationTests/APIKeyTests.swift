import MailModel
import MailNetwork
import MailRegistration
import Testing

@Suite struct APIKeyTests {
    @Test(arguments: [
        "cs_live_abc", " cs_live_abc\n", "\tcs_live_abc\r\n", "cs_live_" + String(repeating: "a", count: 400),
    ])
    func accepted(text: String) async throws {
        let http = RecordingHTTP(201, "{}")
        let account = TestAccount()
        let client = try RegistrationClient(base: APIBase("https://api.example"), key: APIKey(Secret(text)), http: http)
        _ = try await client.register(account.request(), permit: account.permit())
        let sent = await http.requests.first?.headers.first { $0.name == "X-API-Key" }?.value
        #expect(sent == text.split(whereSeparator: \.isWhitespace).joined())
    }

    @Test(arguments: [
        ("", APIKeyError.empty), (" \r\n", .empty),
        ("sk_live_Zq9verysecret", .wrongPrefix), ("CS_LIVE_Zq9verysecret", .wrongPrefix),
        ("Zq9verysecret cs_live_", .wrongPrefix), ("\u{FEFF}cs_live_Zq9verysecret", .wrongPrefix),
        ("cs_live_Zq9very\r\nX-Evil: secret", .unusableCharacter), ("cs_live_Zq9very secret", .unusableCharacter),
        ("cs_live_Zq9veryé", .unusableCharacter), ("cs_live_Zq9very\u{0}", .unusableCharacter),
    ])
    func refusedAndNeverQuoted(text: String, expected: APIKeyError) {
        let error = #expect(throws: APIKeyError.self) { try APIKey(Secret(text)) }
        #expect(error == expected)
        var shown = error.map { "\($0) \(String(reflecting: $0))" } ?? ""
        dump(error, to: &shown)
        #expect(!shown.contains("Zq9"))
    }

    @Test func theErrorNamesThePrefix() { #expect(APIKeyError.wrongPrefix.description.contains(APIKey.prefix)) }

    @Test func aKeyPrintsAsRedacted() throws {
        let key = try APIKey(Secret(TestAccount.key))
        var shown = "\(key) \(String(reflecting: key))"
        dump(key, to: &shown)
        #expect(!shown.contains("abcdef"))
    }
}

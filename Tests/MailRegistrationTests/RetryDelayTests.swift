import MailModel
import MailRegistration
import Testing

/// The clock of these tests stands at 1704067200, which is Mon, 01 Jan 2024 00:00:00 GMT.
@Suite struct RetryDelayTests {
    struct Case: Sendable {
        var retryAfter: String?
        var reset: String?
        var body = "{}"
        let seconds: Int
    }

    private static let sentence = #"{"detail":"Rate limit exceeded. Retry after 45 seconds."}"#

    private static let cases: [Case] = [
        Case(seconds: 60),
        Case(retryAfter: "12", reset: "1704067230", body: sentence, seconds: 12),
        Case(retryAfter: " 0 ", seconds: 1),
        Case(retryAfter: "Mon, 01 Jan 2024 00:01:30 GMT", seconds: 90),
        Case(retryAfter: "Sun, 31 Dec 2023 23:00:00 GMT", seconds: 1),
        Case(retryAfter: "soon", reset: "1704067230", body: sentence, seconds: 30),
        Case(retryAfter: "-5", seconds: 60),
        Case(retryAfter: "٣", seconds: 60),
        Case(retryAfter: "999999999999", seconds: 3_600),
        Case(retryAfter: "99999999999999999999999", body: sentence, seconds: 45),
        Case(reset: "1704067230", body: sentence, seconds: 30),
        Case(reset: "1704067100", body: sentence, seconds: 45),
        Case(reset: "60", body: sentence, seconds: 45),
        Case(reset: "999999999999", seconds: 3_600),
        Case(reset: "tomorrow", body: sentence, seconds: 45),
        Case(body: sentence, seconds: 45),
        Case(body: #"{"detail":"wait 7s"}"#, seconds: 7),
        Case(body: #"{"detail":"100 requests per minute"}"#, seconds: 60),
        Case(body: "<html>Retry after 5 seconds</html>", seconds: 60),
    ]

    @Test(arguments: [429, 503], cases) func firstThatIsThere(status: Int, given: Case) async throws {
        var headers: [(name: String, value: String)] = [("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "0")]
        if let value = given.retryAfter { headers.append(("retry-after", value)) }
        if let value = given.reset { headers.append(("x-ratelimit-reset", value)) }
        let http = RecordingHTTP(status, given.body, headers: headers)
        let outcome = try await TestAccount().register(over: http)
        #expect(outcome.status == .refused)
        #expect(outcome.retry == .afterSeconds(given.seconds))
    }

    @Test(arguments: [200, 400, 401, 403, 409, 422, 500, 502, 504])
    func nothingElseIsWorthRepeating(status: Int) async throws {
        let http = RecordingHTTP(status, "{}", headers: [("retry-after", "5")])
        #expect(try await TestAccount().register(over: http).retry == .no)
    }
}

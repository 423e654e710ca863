import MailModel
import MailNetwork
import MailRegistration
import Testing

@Suite struct RegistrationClientTests {
    @Test func onePostWithAllItNeeds() async throws {
        let http = RecordingHTTP(201, "{}")
        _ = try await TestAccount().register(over: http)
        let requests = await http.requests
        #expect(requests.count == 1)
        let request = try #require(requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://api.example/api/public/v1/sender-accounts/smtp")
        #expect(request.timeout == .seconds(60))
        #expect(request.maximumRedirects == 0)
        #expect(request.maximumResponseLength <= 1_048_576)
        let headers = Dictionary(uniqueKeysWithValues: request.headers)
        #expect(
            headers == [
                "X-API-Key": TestAccount.key, "Content-Type": "application/json", "Accept": "application/json",
                "User-Agent": "mailconnect/test",
            ])
    }

    @Test func theTimeoutIsTheCallers() async throws {
        let http = RecordingHTTP(201, "{}")
        let account = TestAccount()
        var options = RegistrationClient.Options()
        options.timeout = .seconds(7)
        let client = try RegistrationClient(
            base: APIBase("https://api.example"), key: APIKey(Secret(TestAccount.key)), http: http, options: options)
        _ = try await client.register(account.request(), permit: account.permit())
        #expect(await http.requests.map(\.timeout) == [.seconds(7)])
    }

    @Test(arguments: [200, 201, 302, 400, 401, 409, 429, 500, 502, 503, 504])
    func nothingIsSentTwice(status: Int) async throws {
        let http = RecordingHTTP(status, #"{"detail":"Retry after 1 seconds."}"#, headers: [("retry-after", "0")])
        _ = try await TestAccount().register(over: http)
        #expect(await http.requests.count == 1)
    }

    @Test(arguments: [
        (HTTPFailure.Kind.lookup, false, RegistrationOutcome.Status.notAttempted),
        (.connect, false, .notAttempted), (.tls, false, .notAttempted), (.badURL, false, .notAttempted),
        (.timedOut, false, .notAttempted), (.broken, false, .notAttempted),
        (.timedOut, true, .unknown), (.broken, true, .unknown), (.tooLarge, true, .unknown), (.tls, true, .unknown),
        (.connect, true, .unknown), (.cancelled, true, .unknown),
        (.redirect, true, .refused), (.redirect, false, .refused),
    ])
    func failures(kind: HTTPFailure.Kind, left: Bool, status: RegistrationOutcome.Status) async throws {
        let http = RecordingHTTP(
            failing: HTTPFailure(kind: kind, requestMayHaveLeft: left, detail: "the words of the cause\u{1B}[0m"))
        let outcome = try await TestAccount().register(over: http)
        #expect(outcome.status == status)
        #expect(outcome.obstacle == (status == .notAttempted ? .unreachable : nil))
        #expect(outcome.retry == (status == .notAttempted ? .once : .no))
        #expect(outcome.httpStatus == nil)
        #expect(outcome.request == (try TestAccount().request().redactedFields))
        #expect(!outcome.reason.contains("\u{1B}"))
        if status != .refused { #expect(outcome.reason.contains("the words of the cause")) }
        #expect(await http.requests.count == 1)
    }

    @Test func cancelledInTheClientBeforeTheRequestLeft() async throws {
        let http = RecordingHTTP(failing: HTTPFailure(kind: .cancelled, requestMayHaveLeft: false, detail: "cancelled"))
        let outcome = try await TestAccount().register(over: http)
        #expect(outcome.status == .notAttempted)
        #expect(outcome.obstacle == .cancelled)
        #expect(outcome.retry == .no)
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let http = RecordingHTTP(201, "{}")
        let outcome = try await withThrowingTaskGroup(of: RegistrationOutcome.self) { group in
            group.cancelAll()
            group.addTask { try await TestAccount().register(over: http) }
            return try #require(try await group.next())
        }
        #expect(outcome.obstacle == .cancelled)
        #expect(outcome.retry == .no)
        #expect(await http.requests.isEmpty)
    }

    @Test func dryRunSendsNothingAndShowsAll() throws {
        let request = try TestAccount().request()
        let outcome = RegistrationClient.dryRun(request)
        #expect(outcome.status == .notAttempted)
        #expect(outcome.obstacle == .dryRun)
        #expect(outcome.reason == "dry run")
        #expect(outcome.request == request.redactedFields)
        #expect(outcome.httpStatus == nil)
    }
}

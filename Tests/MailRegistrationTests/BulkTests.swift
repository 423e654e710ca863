import Foundation
import MailModel
import MailNetwork
import MailRegistration
import Testing

@Suite struct BulkTests {
    private static func account(_ number: Int) -> TestAccount {
        var account = TestAccount()
        account.address = "user\(number)@example.com"
        account.smtpPassword = "S3nd-\(number)-plus"
        return account
    }

    private static func items(_ count: Int) throws -> [BulkRegistration.Item] {
        try (0..<count).map {
            BulkRegistration.Item(request: try account($0).request(), permit: try account($0).permit())
        }
    }

    private func client(_ http: SequenceHTTP) throws -> RegistrationClient {
        try RegistrationClient(
            base: APIBase("https://api.example"), key: APIKey(Secret(TestAccount.key)), http: http,
            options: RegistrationClient.Options(now: { TestAccount.now }))
    }

    @Test func oneToAHundredAndNoAddressTwice() throws {
        #expect(throws: BulkInputError.count(0)) { try BulkRequest([]) }
        let many = try (0..<101).map { try Self.account($0).request() }
        #expect(throws: BulkInputError.count(101)) { try BulkRequest(many) }
        #expect(try BulkRequest(Array(many.prefix(100))).accounts.count == 100)
        var same = Self.account(0)
        same.address = "USER0@example.com"
        let error = #expect(throws: BulkInputError.duplicate(0, 1)) {
            try BulkRequest([many[0], same.request()])
        }
        #expect(error?.description.contains("inboxes[1].email_address") == true)
    }

    @Test func theBodyIsTheListOfSingleBodies() async throws {
        let http = SequenceHTTP([SequenceHTTP.answer(202, #"{"success":true,"job_id":"job-1"}"#)])
        let items = try Self.items(2)
        let submission = try await client(http).submit(
            BulkRequest(items.map(\.request)), permits: items.map(\.permit))
        #expect(submission.status == .accepted && submission.jobID == "job-1")
        let sent = try #require(await http.requests.first)
        #expect(sent.method == "POST" && sent.url == "https://api.example/api/public/v1/sender-accounts/smtp/bulk")
        let json = try JSONSerialization.jsonObject(with: Data(sent.body ?? [])) as? [String: [[String: Any]]]
        #expect(json?["inboxes"]?.map { $0.count } == [14, 14])
        #expect(json?["inboxes"]?.compactMap { $0["email_address"] as? String }.count == 2)
    }

    @Test func permitsMustCoverEveryAccount() async throws {
        let http = SequenceHTTP([SequenceHTTP.answer(202)])
        let items = try Self.items(2)
        let request = try BulkRequest(items.map(\.request))
        for permits in [[], [items[0].permit], [items[1].permit, items[0].permit]] {
            let submission = try await client(http).submit(request, permits: permits)
            #expect(submission.status == .notAttempted && submission.obstacle == .notPermitted)
        }
        #expect(await http.requests.isEmpty)
    }

    /// Whatever shape the undocumented results have.
    @Test(
        arguments: [
            (#"{"email_address":"A@b.test","success":true,"inbox_id":"x"}"#, true, "x"),
            (#"{"email":"a@b.test","status":"created","inbox_id":7}"#, true, "7"),
            (#"{"email":"a@b.test","inbox_id":"x"}"#, true, "x"), (#"{"success":false,"error":"no"}"#, false, nil),
            (#"{"status":"FAILED","detail":"no"}"#, false, nil), (#"{"status":"QUEUED"}"#, nil, nil),
            (#"{"error":"odd","inbox_id":"x"}"#, nil, "x"), (#"{}"#, nil, nil), (#""text""#, nil, nil),
            ("null", nil, nil),
        ] as [(String, Bool?, String?)])
    func resultsAreReadLeniently(json: String, succeeded: Bool?, inboxID: String?) async throws {
        let body = #"{"success":true,"total":1,"results":[\#(json)]}"#
        let items = try Self.items(1)
        let submission = try await client(SequenceHTTP([SequenceHTTP.answer(200, body)])).submit(
            BulkRequest(items.map(\.request)), permits: items.map(\.permit))
        #expect(submission.results.map(\.succeeded) == [succeeded])
        #expect(submission.results.map(\.inboxID) == [inboxID])
    }

    @Test(arguments: [
        (#"{"status":"COMPLETED"}"#, true), (#"{"status":"failed"}"#, true), (#"{"status":"IN_PROGRESS"}"#, false),
        (#"{"status":"SOMETHING_NEW","total_rows":4,"processed_count":4}"#, true),
        (#"{"status":"SOMETHING_NEW","total_rows":4,"processed_count":3}"#, false),
        (#"{"status":"X","completed_at":"2026-11-22T10:00:00"}"#, true), (#"{"status":"X","total_rows":0}"#, false),
    ])
    func theEndOfAJob(json: String, isFinished: Bool) async throws {
        let http = SequenceHTTP([SequenceHTTP.answer(200, #"{"success":true,"job":\#(json)}"#)])
        let request = try BulkRequest([Self.account(0).request()])
        guard case .progress(let progress) = try await client(http).progress(of: "job/1", request) else {
            Issue.record("no progress")
            return
        }
        #expect(progress.isFinished == isFinished)
        #expect(
            await http.requests.first?.url
                == "https://api.example/api/public/v1/sender-accounts/smtp/bulk/job%2F1/progress")
    }

    private func register(
        _ answers: [Result<HTTPResponse, HTTPFailure>], count: Int, budget: Duration = .seconds(300)
    ) async throws -> (outcomes: [RegistrationOutcome], journal: [JournalEntry.State], requests: [HTTPRequest]) {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP(answers)
            let registration = BulkRegistration(
                client: try client(http), journal: try folder.open(), pace: RequestPace(), clock: TestClock().clock)
            let outcomes = try await registration.register(Self.items(count), budget: budget)
            let states = try await folder.open().entries().reversed().map(\.state)
            return (outcomes, states, await http.requests)
        }
    }

    private static func progress(_ status: String, _ results: String) -> Result<HTTPResponse, HTTPFailure> {
        SequenceHTTP.answer(200, #"{"success":true,"job":{"status":"\#(status)","results":[\#(results)]}}"#)
    }

    private static let accepted = SequenceHTTP.answer(202, #"{"success":true,"job_id":"job-1","results":[]}"#)
    private static let good = #"{"email_address":"user0@example.com","success":true,"inbox_id":"a"}"#
    private static let bad =
        #"{"email_address":"user1@example.com","success":false,"error":"535 for S3nd-1-plus"}"#

    @Test func aJobIsFollowedToItsEnd() async throws {
        let end = try await register(
            [Self.accepted, Self.progress("PENDING", ""), Self.progress("COMPLETED", Self.good + "," + Self.bad)],
            count: 3)
        #expect(end.outcomes.map(\.status) == [.registered, .refused, .unknown])
        #expect(end.outcomes[0].inboxID == "a")
        #expect(end.outcomes[1].reason.contains("535") && !end.outcomes[1].reason.contains("S3nd-1"))
        #expect(end.journal == [.registered, .refused, .unknown])
        #expect(end.requests.map(\.method) == ["POST", "GET", "GET"])
    }

    @Test func aJobThatNeverEndsLeavesUnknowns() async throws {
        let end = try await register([Self.accepted, Self.progress("IN_PROGRESS", Self.good)], count: 2)
        #expect(end.outcomes.map(\.status) == [.registered, .unknown])
        #expect(end.requests.count { $0.method == "POST" } == 1)
        #expect((10...25).contains(end.requests.count))
    }

    @Test func aRefusalNamesItsRows() async throws {
        let body =
            #"{"detail":[{"loc":["body","inboxes",1,"smtp_port"],"msg":"too big","input":"S3nd-1-plus"}]}"#
        let end = try await register([SequenceHTTP.answer(422, body)], count: 2)
        #expect(end.outcomes.map(\.status) == [.refused, .refused])
        #expect(end.outcomes[1].reason == "smtp_port: too big")
        #expect(end.outcomes[0].reason.contains("another account"))
        #expect(!end.outcomes.contains { $0.reason.contains("S3nd-1") })
    }

    @Test(arguments: [
        (SequenceHTTP.answer(500), RegistrationOutcome.Status.unknown, 1),
        (SequenceHTTP.failure(.broken, left: true), .unknown, 1),
        (SequenceHTTP.answer(401), .refused, 1), (SequenceHTTP.answer(200, #"{"success":false}"#), .refused, 1),
        (SequenceHTTP.answer(200, "OK"), .unknown, 1), (SequenceHTTP.failure(.connect, left: false), .notAttempted, 3),
        (SequenceHTTP.answer(429, "{}", [("retry-after", "3")]), .refused, 5),
    ])
    func whatLeavesAndHowOften(
        answer: Result<HTTPResponse, HTTPFailure>, status: RegistrationOutcome.Status, requests: Int
    ) async throws {
        let end = try await register([answer], count: 2)
        #expect(end.outcomes.map(\.status) == [status, status])
        #expect(end.requests.count == requests)
    }

    @Test func manyAreSentByTheHundred() async throws {
        let end = try await register([SequenceHTTP.answer(500)], count: 230)
        #expect(end.requests.count == 3)
        #expect(end.outcomes.count == 230 && end.journal.count == 230)
    }

    @Test func knownAndDoubledAccountsAreNotSent() async throws {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP([Self.accepted, Self.progress("COMPLETED", Self.good)])
            let registration = BulkRegistration(
                client: try client(http), journal: try folder.open(), pace: RequestPace(), clock: TestClock().clock)
            let items = try Self.items(1)
            let first = try await registration.register(items + items, budget: .seconds(60))
            #expect(first.map(\.status) == [.registered, .notAttempted])
            let second = try await registration.register(items, budget: .seconds(60))
            #expect(second.map(\.status) == [.alreadyRegistered])
            #expect(await http.requests.count == 2)
        }
    }
}

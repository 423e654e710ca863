import Foundation
import MailModel
import MailNetwork
import MailRegistration
import Testing

/// One account, exactly once: how often is sent, how long is waited, and what the journal says then.
@Suite struct AccountRegistrationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let answers: [Result<HTTPResponse, HTTPFailure>]
        var budget = Duration.seconds(120)
        let status: RegistrationOutcome.Status
        let posts: Int
        var sleeps: [Duration] = []
        /// The journal's attempts, the first one first.
        let journal: [JournalEntry.State]

        var testDescription: String { name }
    }

    private static let late = SequenceHTTP.answer(429, #"{"detail":"Rate limit exceeded. Retry after 60 seconds."}"#)
    private static let soon = SequenceHTTP.answer(429, "{}", [("retry-after", "2")])
    private static let atReset = SequenceHTTP.answer(429, "{}", [("x-ratelimit-reset", "1704067207")])
    private static let created = SequenceHTTP.created
    private static let unreachable = SequenceHTTP.failure(.connect, left: false)

    static let cases: [Case] = [
        Case(name: "created", answers: [created], status: .registered, posts: 1, journal: [.registered]),
        Case(
            name: "conflict", answers: [SequenceHTTP.answer(409)], status: .alreadyRegistered, posts: 1,
            journal: [.alreadyRegistered]),
        Case(name: "401", answers: [SequenceHTTP.answer(401)], status: .refused, posts: 1, journal: [.refused]),
        Case(name: "403", answers: [SequenceHTTP.answer(403)], status: .refused, posts: 1, journal: [.refused]),
        Case(name: "422", answers: [SequenceHTTP.answer(422)], status: .refused, posts: 1, journal: [.refused]),
        Case(
            name: "success: false", answers: [SequenceHTTP.answer(200, #"{"success":false}"#)], status: .refused,
            posts: 1, journal: [.refused]),
        Case(name: "500", answers: [SequenceHTTP.answer(500)], status: .unknown, posts: 1, journal: [.unknown]),
        Case(name: "502", answers: [SequenceHTTP.answer(502)], status: .unknown, posts: 1, journal: [.unknown]),
        Case(name: "504", answers: [SequenceHTTP.answer(504)], status: .unknown, posts: 1, journal: [.unknown]),
        Case(
            name: "reset after the request left", answers: [SequenceHTTP.failure(.broken, left: true), created],
            status: .unknown, posts: 1, journal: [.unknown]),
        Case(
            name: "timed out after the request left", answers: [SequenceHTTP.failure(.timedOut, left: true), created],
            status: .unknown, posts: 1, journal: [.unknown]),
        Case(
            name: "429, then created", answers: [soon, created], status: .registered, posts: 2, sleeps: [.seconds(2)],
            journal: [.refused, .registered]),
        Case(
            name: "429 until the reset", answers: [atReset, created], status: .registered, posts: 2,
            sleeps: [.seconds(7)], journal: [.refused, .registered]),
        Case(
            name: "429 with a sentence", answers: [late, created], status: .registered, posts: 2,
            sleeps: [.seconds(60)], journal: [.refused, .registered]),
        Case(
            name: "429 for longer than the budget", answers: [late, created], budget: .seconds(30), status: .refused,
            posts: 1, journal: [.refused]),
        Case(
            name: "503 without a time, longer than the budget", answers: [SequenceHTTP.answer(503), created],
            budget: .seconds(60), status: .refused, posts: 1, journal: [.refused]),
        Case(
            name: "429 again and again", answers: [soon], status: .refused, posts: 5,
            sleeps: Array(repeating: .seconds(2), count: 4), journal: Array(repeating: .refused, count: 5)),
        Case(
            name: "429, then 500: never a third", answers: [soon, SequenceHTTP.answer(500), created], status: .unknown,
            posts: 2, sleeps: [.seconds(2)], journal: [.refused, .unknown]),
        Case(
            name: "no connection, then created", answers: [unreachable, created], status: .registered, posts: 2,
            sleeps: [.milliseconds(500)], journal: [.notSent, .registered]),
        Case(
            name: "no address, no connection, no TLS",
            answers: [
                SequenceHTTP.failure(.lookup, left: false), unreachable, SequenceHTTP.failure(.tls, left: false),
                created,
            ], status: .notAttempted, posts: 3, sleeps: [.milliseconds(500), .seconds(1)],
            journal: [.notSent, .notSent, .notSent]),
        Case(
            name: "no time to try again", answers: [unreachable, created], budget: .seconds(1), status: .notAttempted,
            posts: 1, journal: [.notSent]),
    ]

    @Test(arguments: cases) func table(given: Case) async throws {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP(given.answers)
            let clock = TestClock()
            let outcome = try await register(http, folder, clock, budget: given.budget)
            #expect(outcome.status == given.status)
            #expect(await http.requests.count == given.posts)
            #expect(clock.sleeps == given.sleeps)
            #expect(clock.elapsed <= given.budget)
            #expect(try await folder.open().entries().reversed().map(\.state) == given.journal)
        }
    }

    private func register(
        _ http: SequenceHTTP, _ folder: JournalFolder, _ clock: TestClock = TestClock(),
        account: TestAccount = TestAccount(), resolving: Bool = false, pace: RequestPace = RequestPace(),
        budget: Duration = .seconds(120)
    ) async throws -> RegistrationOutcome {
        let client = try RegistrationClient(
            base: APIBase("https://api.example"), key: APIKey(Secret(TestAccount.key)), http: http,
            options: RegistrationClient.Options(now: clock.clock.now))
        let registration = AccountRegistration(
            client: client, journal: try folder.open(), pace: pace, clock: clock.clock)
        return try await registration.register(
            account.request(), permit: account.permit(), resolving: resolving, budget: budget)
    }

    @Test func aRegisteredAccountIsNotSentAgain() async throws {
        try await JournalFolder.with { folder in
            _ = try await register(SequenceHTTP([Self.created]), folder)
            let http = SequenceHTTP([SequenceHTTP.answer(500)])
            var account = TestAccount()
            account.displayName = "Another name"
            let again = try await register(http, folder, account: account)
            #expect(again.status == .alreadyRegistered && again.inboxID == "box-1" && again.dailyLimit == 20)
            #expect(again.notes.isEmpty && again.httpStatus == nil)
            #expect(await http.requests.isEmpty)
            account.smtpPassword += "-changed"
            account.imapPassword += "-changed-too"
            #expect(try await register(http, folder, account: account).notes.count == 1)
        }
    }

    @Test(arguments: [
        (SequenceHTTP.answer(500), SequenceHTTP.answer(409), RegistrationOutcome.Status.alreadyRegistered),
        (SequenceHTTP.failure(.broken, left: true), SequenceHTTP.created, .registered),
        (SequenceHTTP.failure(.timedOut, left: true), SequenceHTTP.answer(422), .refused),
    ])
    func anUnknownEndIsResolvedOnlyWhenAsked(
        first: Result<HTTPResponse, HTTPFailure>, second: Result<HTTPResponse, HTTPFailure>,
        status: RegistrationOutcome.Status
    ) async throws {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP([first, second])
            #expect(try await register(http, folder).status == .unknown)
            let refused = try await register(http, folder)
            #expect(refused.status == .unknown && refused.steps == [.registerAgain])
            #expect(await http.requests.count == 1)
            #expect(try await register(http, folder, resolving: true).status == status)
            #expect(await http.requests.count == 2)
        }
    }

    @Test func theRateLimitIsWaitedForOrTold() async throws {
        let full = (0..<100).map { TestAccount.now.addingTimeInterval(-50 + Double($0) / 10) }
        try await JournalFolder.with { folder in
            let clock = TestClock()
            let http = SequenceHTTP([Self.created])
            let outcome = try await register(http, folder, clock, pace: RequestPace(earlier: full))
            #expect(outcome.status == .registered)
            #expect(clock.sleeps == [.seconds(10)])
        }
        try await JournalFolder.with { folder in
            let http = SequenceHTTP([Self.created])
            let outcome = try await register(http, folder, pace: RequestPace(earlier: full), budget: .seconds(5))
            #expect(outcome.status == .notAttempted && outcome.obstacle == .rateLimited)
            #expect(outcome.retry == .afterSeconds(10))
            #expect(await http.requests.isEmpty)
            #expect(try await folder.open().entries().isEmpty)
        }
    }

    @Test func theRequestGetsWhatIsLeftOfTheBudget() async throws {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP([Self.soon, Self.created])
            _ = try await register(http, folder, budget: .seconds(9))
            #expect(await http.requests.map(\.timeout) == [.seconds(9), .seconds(7)])
        }
    }

    @Test func aPermitOfAnotherAccountWritesNoPOST() async throws {
        try await JournalFolder.with { folder in
            let http = SequenceHTTP([Self.created])
            let clock = TestClock()
            let client = try RegistrationClient(
                base: APIBase("https://api.example"), key: APIKey(Secret(TestAccount.key)), http: http)
            var other = TestAccount()
            other.smtpPassword = "another"
            let outcome = try await AccountRegistration(
                client: client, journal: folder.open(), pace: RequestPace(), clock: clock.clock
            ).register(other.request(), permit: TestAccount().permit(), budget: .seconds(10))
            #expect(outcome.obstacle == .notPermitted)
            #expect(await http.requests.isEmpty)
        }
    }
}

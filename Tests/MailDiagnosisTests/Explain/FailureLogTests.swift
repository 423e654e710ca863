import MailDiagnosis
import MailModel
import Testing

/// Long logs: every line is looked at, and failures are grouped by cause and account.
@Suite struct FailureLogTests {
    static let quiet = String(repeating: "2026-11-25 10:00:00 DEBUG session of the mailer is idle\n", count: 3_000)

    @Test func theMiddleOfALongTextIsLookedAt() throws {
        let text = Self.quiet + "smtp said: 535 5.7.8 Error: authentication failed: x\n" + Self.quiet
        #expect(try ExplainedTextTests.explain(text).findings.first?.id == .badCredentials)
    }

    @Test func failuresAreGroupedAndCounted() throws {
        let text = """
            10:00 smtp: login of a@one.example: 535 5.7.8 Error: authentication failed: x
            10:01 smtp: login of b@one.example: 535 5.7.8 Error: authentication failed: x
            10:02 smtp: connect to smtp.one.example:587 failed: Connection refused
            10:03 smtp: login of a@one.example: 535 5.7.8 Error: authentication failed: x
            10:04 smtp: all is quiet
            10:05 smtp: connect to smtp.one.example:587 failed: Connection refused
            """
        let failures = try ExplainedTextTests.explain(text).failures
        let rows = failures.map { "\($0.id) \($0.account ?? "-") \($0.count) \($0.firstLine) \($0.lastLine)" }
        #expect(
            rows == [
                "connect_refused - 2 3 6", "bad_credentials a@one.example 2 1 4", "bad_credentials b@one.example 1 2 2",
            ])
        #expect(failures.allSatisfy { !$0.quote.isEmpty })
    }

    @Test func oneFailureIsNoLog() throws {
        #expect(try ExplainedTextTests.explain("535 5.7.8 Error: authentication failed").failures.isEmpty)
    }
}

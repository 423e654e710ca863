import Foundation
import MailModel
import MailReport
import Testing

/// A saved report is judged again later: no two different facts may read the same.
struct JSONFactsTests {
    static let reply = ServerReply(code: 454, enhancedCode: "4.7.0", text: ServerText("later"))
    static let lookup = SampleParts.lookup("a.example", .a, .noData)
    static let attempt = ConnectionAttempt(address: "192.0.2.1", outcome: .refused, duration: .milliseconds(1))

    static let failures: [Failure] = [
        .noAddress([]), .noAddress([lookup]), .notConnected([]), .notConnected([attempt]),
        .timedOut(after: .seconds(1)),
        .timedOut(after: .seconds(2)), .closed(reset: true, lastWords: nil), .closed(reset: false, lastWords: nil),
        .closed(reset: false, lastWords: ServerText("")), .violation(.notIMAP, text: nil),
        .violation(.other("new"), text: nil),
        .violation(.notIMAP, text: ServerText("x")), .tls(.notTLS(firstOctets: ServerText("SSH"))),
        .tls(.unsupportedVersion),
        .tls(.alert(number: 40, name: "a")), .tls(.alert(number: 70, name: "a")), .tls(.alert(number: 40, name: "b")),
        .tls(.closed), .tls(.other("x")), .tls(.other("y")), .rejected(reply), .startTLSNotOffered, .loginNotOffered,
        .noCommonMechanism(offered: []), .noCommonMechanism(offered: ["GSSAPI"]), .unusableCredential(.emptySecret),
        .unusableCredential(.other("new")),
    ]

    static let replies: [ServerReply] = [
        reply, ServerReply(code: 455, text: ServerText("")), ServerReply(status: "NO", text: ServerText("")),
        ServerReply(status: "NO", responseCode: "LIMIT", text: ServerText("")), ServerReply(text: ServerText("")),
    ]

    static let outcomes: [DNSOutcome] = [
        .records([]), .records([.address("192.0.2.1")]), .records([.mx(preference: 0, exchange: "")]),
        .records([.mx(preference: 1, exchange: "")]), .records([.mx(preference: 0, exchange: "m")]),
        .records([.txt("192.0.2.1")]), .records([.cname("m")]),
        .records([.srv(priority: 1, weight: 2, port: 3, target: "m")]),
        .records([.srv(priority: 2, weight: 2, port: 3, target: "m")]),
        .records([.srv(priority: 1, weight: 1, port: 3, target: "m")]),
        .records([.srv(priority: 1, weight: 2, port: 4, target: "m")]),
        .records([.srv(priority: 1, weight: 2, port: 3, target: "")]), .nameNotFound, .noData, .serverFailure, .refused,
        .timedOut, .broken("a"), .broken("b"),
    ]

    static var facts: [CheckFacts] {
        outcomes.map { .dns(SampleParts.lookup("a", .mx, $0)) }
            + DNSRecordType.allCases.map { .dns(SampleParts.lookup("b", $0, .noData)) }
            + replies.map { .connection(ConnectionFacts(greeting: $0)) }
            + [
                .connection(ConnectionFacts()), .connection(ConnectionFacts(lookups: [lookup])),
                .connection(ConnectionFacts(attempts: [attempt])),
                .capabilities(CapabilityFacts()), .capabilities(CapabilityFacts(beforeTLS: [])),
                .capabilities(CapabilityFacts(onLoginChannel: [])), .capabilities(CapabilityFacts(mechanisms: ["X"])),
                .capabilities(CapabilityFacts(implementation: ServerText("x"))),
                .capabilities(CapabilityFacts(alerts: [ServerText("x")])),
                .capabilities(CapabilityFacts(unsolicited: 1)),
                .login(LoginFacts(mechanism: "PLAIN", username: "a", reply: reply, refusedUsernames: ["b"])),
                .login(LoginFacts(mechanism: "PLAIN", username: "a", reply: reply)),
                .login(LoginFacts(mechanism: "LOGIN", username: "a", reply: reply)),
                .login(LoginFacts(mechanism: "PLAIN", username: "b", reply: reply)),
                .login(LoginFacts(mechanism: "PLAIN", username: "a", reply: reply, oauthError: ServerText("x"))),
                .mailbox(MailboxFacts()), .mailbox(MailboxFacts(inboxMessages: 0)),
                .mailbox(MailboxFacts(inboxRefusal: reply)), .mailbox(MailboxFacts(mailboxCount: 0)),
                .mailbox(MailboxFacts(specialUse: ["\\Sent": ServerText("Sent")])),
            ] + SampleFacts.mailboxes + SampleFacts.policies + SampleFacts.attempts + handshakes.map(CheckFacts.tls)
    }

    static var handshakes: [TLSFacts] {
        guard case .tls(let base)? = SampleParts.secured(SampleParts.smtp).facts else { return [] }
        let changes: [(inout TLSFacts) -> Void] = [
            { _ in }, { $0.version = .v1_2 }, { $0.cipherSuite = "X" }, { $0.alpn = "smtp" }, { $0.serverName = "x" },
            { $0.ocspStaple = OCSPStapleFacts(status: .good) }, { $0.ocspStaple = .unreadable },
            { $0.ocspStaple = OCSPStapleFacts(status: .good, thisUpdate: SampleParts.start) },
            { $0.hostNameMatches = false }, { $0.discardedPlaintext = 1 }, { $0.certificates = [] },
            { $0.chain = .rejected(code: 10, reason: "a") }, { $0.chain = .rejected(code: 18, reason: "a") },
            { $0.chain = .rejected(code: 10, reason: "b") }, { $0.certificates[0].subject = "x" },
            { $0.certificates[0].issuer = "x" }, { $0.certificates[0].dnsNames = [] },
            { $0.certificates[0].ipAddresses = ["192.0.2.1"] }, { $0.certificates[0].notBefore += 1 },
            { $0.certificates[0].notAfter += 1 }, { $0.certificates[0].sha256 = "x" },
            { $0.certificates[0].isSelfIssued = true },
        ]
        return changes.map { change in
            var facts = base
            change(&facts)
            return facts
        }
    }

    @Test func differentFactsReadDifferently() throws {
        let observations =
            Self.facts.map { Observation(id: .dnsMX, stage: .dns, outcome: .observed, facts: $0) }
            + (Self.failures + Self.replies.dropFirst().map(Failure.rejected)).map {
                Observation(id: .dnsMX, stage: .dns, outcome: .failed($0))
            }
            + [.blocked(by: .dnsMX), .blocked(by: .dnsSPF), .skipped(.other("a")), .skipped(.offline), .broke("a")].map
        {
            Observation(id: .dnsMX, stage: .dns, outcome: $0)
        }
        var seen: [ParsedJSON: Observation] = [:]
        for observation in observations {
            let written = try #require(try Self.written(observation))
            #expect(seen[written] == nil, "\(observation)")
            seen[written] = observation
        }
        #expect(observations.count > 100)
    }

    @Test func aCheckKeepsItsKeysWhateverHappened() throws {
        let outcomes: [CheckOutcome] = [
            .observed, .failed(.loginNotOffered), .blocked(by: .dnsMX), .skipped(.other("a")), .broke("a"),
        ]
        for outcome in outcomes {
            let written = try Self.written(Observation(id: .dnsMX, stage: .dns, outcome: outcome))
            guard case .object(let members)? = written else {
                Issue.record("no object for \(outcome)")
                continue
            }
            #expect(Set(members.keys) == ["outcome", "blocked_by", "reason", "reason_id", "failure", "facts"])
        }
    }

    @Test(
        arguments: [
            (Duration.zero, 0), (.microseconds(40), 0), (.microseconds(50), 0.1), (.microseconds(12_340), 12.3),
            (.seconds(65), 65_000), (.seconds(-1), 0),
        ] as [(Duration, Double)])
    func durationsAreMillisecondsWithOneDecimal(_ duration: Duration, _ written: Double) throws {
        var report = Sample.allReady.report
        report.diagnosis.duration = duration
        #expect(try ParsedJSON(JSONReport.render(report))["duration_ms"] == .number(written))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_339_800.25, "2026-11-22T09:30:00.250Z"),
            (1_795_339_800.123, "2026-11-22T09:30:00.123Z"), (1_795_339_800.9996, "2026-11-22T09:30:01.000Z"),
            (253_402_300_799, "9999-12-31T23:59:59.000Z"),
        ] as [(Double, String)])
    func timesAreUTCWithMilliseconds(_ seconds: Double, _ written: String) throws {
        var report = Sample.allReady.report
        report.diagnosis.startedAt = Date(timeIntervalSince1970: seconds)
        #expect(try ParsedJSON(JSONReport.render(report))["started_at"] == .text(written))
    }

    private static func written(_ observation: Observation) throws -> ParsedJSON? {
        var report = Sample.allReady.report
        report.diagnosis.observations = [observation]
        return try ParsedJSON(JSONReport.render(report))["checks"]?[0]?["observations"]
    }
}

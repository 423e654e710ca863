import MailDiagnosis
import MailModel
import Testing

/// One row a failure: what was seen, and what must be told of it, whatever rule tells it.
struct FailureCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var observation: Observation
    var told: Told
    var verdict: Verdict

    init(_ name: String, _ observation: Observation, _ told: Told, _ verdict: Verdict) {
        testDescription = name
        self.observation = observation
        self.told = told
        self.verdict = verdict
    }
}

@Suite("Every failure becomes one finding on its own side and stage")
struct FailureRulesTests {
    private static func lookup(_ outcome: DNSOutcome) -> Failure {
        .noAddress([
            DNSResponse(name: "smtp.example.com", type: .aaaa, outcome: .noData, duration: .zero),
            DNSResponse(name: "smtp.example.com", type: .a, outcome: outcome, duration: .zero),
        ])
    }

    private static func attempts(_ outcomes: ConnectOutcome...) -> Failure {
        .notConnected(outcomes.map { ConnectionAttempt(address: "192.0.2.1", outcome: $0, duration: .zero) })
    }

    static let cases: [FailureCase] = {
        let (smtp, smtps, imap) = (Samples.smtp, Samples.smtps, Samples.imap)
        func row(
            _ name: String, _ endpoint: Endpoint, _ check: String, _ stage: Stage, _ failure: Failure, _ id: FindingID,
            _ verdict: Verdict, at: Stage? = nil
        ) -> FailureCase {
            FailureCase(
                name, Samples.failed(endpoint, check, stage, failure), Told(id, endpoint.service, at ?? stage), verdict)
        }
        return [
            row(
                "host does not exist", smtp, "connect", .connect, lookup(.nameNotFound), .wrongHost, .actionNeeded,
                at: .dns),
            row("host has no address", smtp, "connect", .connect, lookup(.noData), .wrongHost, .actionNeeded, at: .dns),
            row("resolver silent", smtp, "connect", .connect, lookup(.timedOut), .dnsFailure, .cannotTell, at: .dns),
            row("resolver refuses", imap, "connect", .connect, lookup(.refused), .dnsFailure, .cannotTell, at: .dns),
            row(
                "resolver fails", imap, "connect", .connect, lookup(.serverFailure), .dnsFailure, .cannotTell, at: .dns),
            row(
                "resolver garbled", imap, "connect", .connect, lookup(.broken("x")), .dnsFailure, .cannotTell, at: .dns),
            row("refused", smtp, "connect", .connect, attempts(.refused), .connectRefused, .cannotTell),
            row("reset", smtp, "connect", .connect, attempts(.reset), .connectRefused, .cannotTell),
            row("no answer", imap, "connect", .connect, attempts(.timedOut, .timedOut), .connectTimeout, .cannotTell),
            row("no route", imap, "connect", .connect, attempts(.unreachable), .connectTimeout, .cannotTell),
            row(
                "silent at the greeting", smtp, "connect", .greeting, .timedOut(after: .seconds(10)), .connectTimeout,
                .cannotTell),
            row(
                "silent since it waits for TLS",
                Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .starttls), "connect",
                .greeting,
                .timedOut(after: .seconds(10)), .wrongPort, .actionNeeded),
            row(
                "silent at the login", imap, "auth", .auth, .timedOut(after: .seconds(25)), .connectTimeout, .cannotTell
            ),
            row(
                "hangs up at the greeting", smtp, "connect", .greeting, .closed(reset: false, lastWords: nil),
                .serverBusy, .cannotTell),
            row(
                "resets at the login", imap, "auth", .auth, .closed(reset: true, lastWords: nil), .serverBusy,
                .cannotTell),
            row(
                "speaks something else", smtp, "connect", .greeting, .violation(.notSMTP, text: ServerText("HTTP/1.1")),
                .protocolMismatch, .actionNeeded),
            row(
                "clear text on a TLS port", smtps, "tls", .tls, .tls(.notTLS(firstOctets: ServerText("220"))),
                .wrongPort, .actionNeeded),
            row("old TLS", imap, "tls", .tls, .tls(.unsupportedVersion), .tlsVersionMismatch, .actionNeeded),
            row(
                "an alert", imap, "tls", .tls, .tls(.alert(number: 80, name: "internal error")), .protocolMismatch,
                .actionNeeded),
            row(
                "nothing in common", imap, "tls", .tls, .tls(.alert(number: 40, name: "handshake failure")),
                .tlsVersionMismatch, .actionNeeded),
            row("hangs up in the handshake", imap, "tls", .tls, .tls(.closed), .protocolMismatch, .cannotTell),
            row("no STARTTLS", smtp, "tls", .tls, .startTLSNotOffered, .starttlsStripped, .actionNeeded),
            row("no login offered for SMTP", smtp, "auth", .auth, .loginNotOffered, .wrongPort, .actionNeeded),
            row("no login offered for IMAP", imap, "auth", .auth, .loginNotOffered, .basicAuthDisabled, .actionNeeded),
            row(
                "tokens only", imap, "auth", .auth, .noCommonMechanism(offered: ["XOAUTH2"]), .oauthRequired,
                .actionNeeded),
            row(
                "strange logins only", imap, "auth", .auth, .noCommonMechanism(offered: ["GSSAPI"]), .basicAuthDisabled,
                .actionNeeded),
            row(
                "a password with a line end", imap, "auth", .auth, .unusableCredential(.controlInSecret),
                .badCredentials, .actionNeeded),
        ]
    }()

    @Test(arguments: cases)
    func tellsOneCause(_ row: FailureCase) throws {
        let findings = Judge.findings(for: try Samples.input([row.observation]))
        #expect(findings.map(Told.init) == [row.told])
        #expect(VerdictRule.verdict(findings: findings, observations: [row.observation]) == row.verdict)
    }

    @Test(arguments: cases)
    func restsOnItsCheckAndSaysWhatToDo(_ row: FailureCase) throws {
        for finding in Judge.findings(for: try Samples.input([row.observation])) {
            #expect(finding.evidence.contains(row.observation.id.description))
            #expect(!finding.remedy.steps.isEmpty)
            #expect(!finding.summary.isEmpty)
            #expect((0...1).contains(finding.confidence))
        }
    }
}

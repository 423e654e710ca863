import MailDiagnosis
import MailModel
import Testing

@Suite("Connections that were not made")
struct NotConnectedRuleTests {
    static let rows = [
        FailureRow(
            "refused", Samples.smtp, "connect", .connect, Samples.attempts(.refused), .connectRefused, .cannotTell),
        FailureRow("reset", Samples.smtp, "connect", .connect, Samples.attempts(.reset), .connectRefused, .cannotTell),
        FailureRow(
            "no answer", Samples.imap, "connect", .connect, Samples.attempts(.timedOut, .timedOut), .connectTimeout,
            .cannotTell),
        FailureRow(
            "no route", Samples.imap, "connect", .connect, Samples.attempts(.unreachable), .connectTimeout,
            .cannotTell),
        FailureRow(
            "no address is allowed but a silent one", Samples.imap, "connect", .connect,
            Samples.attempts(.notAllowed, .timedOut), .connectTimeout, .cannotTell),
    ]

    @Test(arguments: rows)
    func areNotAboutThePassword(_ row: FailureRow) throws { try row.check() }

    // MARK: A dead host or a closed network

    enum Blame: String, Sendable { case host, network, open }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var others: [Observation]
        var blame: Blame

        init(_ name: String, _ others: [Observation], _ blame: Blame) {
            testDescription = name
            self.others = others
            self.blame = blame
        }
    }

    private static let silence = Samples.attempts(.timedOut)
    private static let otherPort = Samples.alternatives(
        Samples.smtp,
        [AlternativeFacts(endpoint: Samples.smtps, reason: .otherPort, stage: .connect, failure: silence)])
    private static let imapSilent = Samples.failed(Samples.imap, "connect", .connect, silence)

    private static func otherHost(_ failure: Failure?, port: Int = 587) -> Observation {
        let endpoint = Endpoint(service: .smtp, host: "mx.example.net", port: port, security: .starttls)
        return Samples.alternatives(
            Samples.smtp,
            [AlternativeFacts(endpoint: endpoint, reason: .otherHost, stage: .tls, failure: failure)])
    }

    private static func control(_ outcomes: ConnectOutcome..., port: Int = 587) -> Observation {
        let attempts = outcomes.enumerated().map {
            ControlFacts.Attempt(host: "control\($0).example", port: port, outcome: $1)
        }
        return Observation(
            id: .netControl, stage: .connect, outcome: .observed, facts: .control(ControlFacts(attempts: attempts)))
    }

    private static func imap(on host: String) -> Observation {
        Samples.connected(Endpoint(service: .imap, host: host, port: 993, security: .tls))
    }

    static let blames = [
        Row("nothing else was tried", [], .open),
        Row("both ports of one host, and nothing else, prove nothing", [otherPort], .open),
        Row("a control host answers", [otherPort, control(.connected)], .host),
        Row("one of two control hosts answers", [control(.timedOut, .connected)], .host),
        Row("no control host answers", [otherPort, control(.timedOut, .unreachable)], .network),
        Row("a control host on another port tells nothing", [control(.connected, port: 993)], .open),
        Row("a control connection that a limit of ours held back tells nothing", [control(.ourLimit)], .open),
        Row("another host of the provider answers on the same port", [otherHost(nil)], .host),
        Row("another host answers, though a login would not be possible there", [otherHost(.loginNotOffered)], .host),
        Row("another host is refused on the same port", [otherHost(Samples.attempts(.refused))], .open),
        Row("the other side's host answers on its own port", [Samples.connected(Samples.imap)], .open),
        Row("another port of the same host answers", [imap(on: Samples.smtp.host)], .network),
        Row(
            "another port of the same service answers",
            [
                Samples.alternatives(
                    Samples.smtp,
                    [AlternativeFacts(endpoint: Samples.smtps, reason: .otherPort, stage: .auth, failure: nil)])
            ], .open),
        Row("the control outweighs another port", [imap(on: Samples.smtp.host), control(.connected)], .host),
        Row("no mail host at all answers", [otherPort, imapSilent], .network),
    ]

    @Test(arguments: blames)
    func theOtherConnectionsTellWhoIsToBlame(_ row: Row) throws {
        let silent = Samples.failed(Samples.smtp, "connect", .connect, Self.silence)
        let finding = try #require(
            try Samples.findings([silent] + row.others).first { $0.service == .smtp && $0.stage == .connect })
        #expect(finding.id == .connectTimeout)
        #expect(finding.summary.contains("Your network, not your password") == (row.blame == .network))
        #expect(finding.summary.contains("it is the host, not your network") == (row.blame == .host))
    }

    @Test func whatAnswersElsewhereIsNamed() throws {
        let silent = Samples.failed(Samples.smtp, "connect", .connect, Self.silence)
        let finding = try #require(try Samples.findings([silent, Self.control(.connected)]).first)
        #expect(finding.detail.contains("control0.example answers on port 587"))
        #expect(finding.remedy.who == .provider)
    }
}

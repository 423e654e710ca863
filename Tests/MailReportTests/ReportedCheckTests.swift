import MailModel
import MailReport
import Testing

/// The status of a check, worked out from how it ended and what the findings say.
struct ReportedCheckTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let outcome: CheckOutcome
        let findings: [Finding]
        let status: CheckStatus
    }

    static let failed = CheckOutcome.failed(.startTLSNotOffered)

    @Test(arguments: [
        Case("seen, no finding", .observed, [], .pass),
        Case("seen, info", .observed, [finding(.info)], .pass),
        Case("seen, warning", .observed, [finding(.warning)], .warn),
        Case("seen, error", .observed, [finding(.error)], .fail),
        Case("seen, warning and error", .observed, [finding(.warning), finding(.error)], .fail),
        Case("seen, error about another check", .observed, [finding(.error, evidence: "smtp.auth")], .pass),
        Case("seen, error at another stage", .observed, [finding(.error, stage: .auth)], .pass),
        Case("seen, error on the other side", .observed, [finding(.error, service: .imap)], .pass),
        Case("seen, error without side and stage", .observed, [finding(.error, service: nil, stage: nil)], .fail),
        Case("failed, no finding", failed, [], .fail),
        Case("failed, error", failed, [finding(.error)], .fail),
        Case("failed, warning", failed, [finding(.warning)], .warn),
        Case("failed, info", failed, [finding(.info)], .warn),
        Case("failed, warning and error", failed, [finding(.warning), finding(.error)], .fail),
        Case("failed, error at another stage", failed, [finding(.error, stage: .greeting)], .fail),
        Case("failed, warning about another check", failed, [finding(.warning, evidence: "smtp.auth")], .fail),
        Case("blocked", .blocked(by: .dnsMX), [finding(.error)], .blocked),
        Case("skipped", .skipped(.passwordNotGiven), [finding(.error)], .skipped),
        Case("broke", .broke("a bug"), [finding(.warning)], .broke),
    ])
    func status(_ wanted: Case) {
        let observation = Self.observation(wanted.outcome, SampleParts.smtp)
        #expect(ReportedCheck(observation, findings: wanted.findings).status == wanted.status)
    }

    @Test(arguments: [(Stage.connect, CheckStatus.pass), (.auth, .pass), (.tls, .fail)])
    func aFindingIsAboutTheEndpointWhereTheCheckFailed(_ stage: Stage, _ status: CheckStatus) {
        let other = Endpoint(service: .smtp, host: "smtp.mail.example", port: 465, security: .tls)
        let bad = Self.observation(Self.failed, SampleParts.smtp, stage)
        let good = Self.observation(.observed, other, stage)
        let findings = [Self.finding(.error, stage: stage)]
        #expect(ReportedCheck(good, findings: findings, among: [bad, good]).status == status)
        #expect(ReportedCheck(bad, findings: findings, among: [bad, good]).status == .fail)
        #expect(ReportedCheck(good, findings: findings).status == .fail)
    }

    @Test func findingsAreOrderedBySeverityAndKeepTheirOrderInside() {
        var report = Sample.noPassword.report
        report.diagnosis.findings = ["a", "b", "c", "d", "e"].enumerated().map { index, name in
            var finding = Self.finding([.info, .warning, .error, .warning, .error][index])
            finding.id = FindingID(name)
            return finding
        }
        #expect(report.orderedFindings.map(\.id.description) == ["c", "e", "b", "d", "a"])
    }

    @Test func anUnknownCheckIsCalledByItsID() {
        #expect(CheckTitle.title(of: CheckID("smtp.moon_phase")) == "smtp.moon_phase")
        #expect(CheckTitle.title(of: .dnsMX) != "dns.mx")
    }

    private static func observation(
        _ outcome: CheckOutcome, _ endpoint: Endpoint, _ stage: Stage = .tls
    ) -> Observation {
        Observation(id: .tls(.smtp), stage: stage, endpoint: endpoint, outcome: outcome)
    }

    static func finding(
        _ severity: Severity, service: MailService? = .smtp, stage: Stage? = .tls, evidence: String = "smtp.tls"
    ) -> Finding {
        Finding(
            id: .certExpired, severity: severity, confidence: 1, service: service, stage: stage, summary: "s",
            detail: "", evidence: [evidence], remedy: Remedy(who: .provider, steps: []))
    }
}

extension ReportedCheckTests.Case {
    init(_ name: String, _ outcome: CheckOutcome, _ findings: [Finding], _ status: CheckStatus) {
        self.init(testDescription: name, outcome: outcome, findings: findings, status: status)
    }
}

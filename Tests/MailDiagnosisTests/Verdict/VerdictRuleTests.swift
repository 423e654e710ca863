import MailDiagnosis
import MailModel
import Testing

@Suite("The verdict")
struct VerdictRuleTests {
    private func finding(_ severity: Severity, _ retry: RetryAdvice) -> Finding {
        Finding(
            id: .unknownReply, severity: severity, confidence: 1, service: nil, stage: nil, summary: "s", detail: "d",
            evidence: ["x"], remedy: Remedy(who: .user, steps: ["s"]), retry: retry)
    }

    @Test func readyNeedsBothLogins() {
        #expect(VerdictRule.verdict(findings: [], observations: Samples.accepted) == .ready)
        #expect(VerdictRule.verdict(findings: [], observations: [Samples.accepted[0]]) == .cannotTell)
        #expect(VerdictRule.verdict(findings: [], observations: [Samples.accepted[1]]) == .cannotTell)
        #expect(VerdictRule.verdict(findings: [], observations: []) == .cannotTell)
    }

    @Test func aSkippedLoginIsNoPass() {
        var skipped = Samples.accepted[1]
        skipped.outcome = .skipped(.passwordNotGiven)
        #expect(VerdictRule.verdict(findings: [], observations: [Samples.accepted[0], skipped]) == .cannotTell)
    }

    @Test func whatSomebodyMustDoOutweighsWhatMayPass() {
        let (must, may) = (finding(.error, .no), finding(.error, .afterSeconds(60)))
        #expect(VerdictRule.verdict(findings: [may, must], observations: Samples.accepted) == .actionNeeded)
        #expect(VerdictRule.verdict(findings: [may], observations: Samples.accepted) == .cannotTell)
    }

    @Test func warningsAndHintsDoNotBlock() {
        let (warning, info) = (finding(.warning, .no), finding(.info, .no))
        #expect(VerdictRule.verdict(findings: [info], observations: Samples.accepted) == .ready)
        #expect(VerdictRule.verdict(findings: [warning], observations: Samples.accepted) == .readyWithWarnings)
    }
}

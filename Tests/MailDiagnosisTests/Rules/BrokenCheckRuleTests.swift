import MailDiagnosis
import MailModel
import Testing

@Suite("Checks that break")
struct BrokenCheckRuleTests {
    @Test func areOurMistakeAndNeverAPass() throws {
        let broken = Observation(
            id: .mailboxes, stage: .mailbox, endpoint: Samples.imap, outcome: .broke("impossible"))
        let findings = try Samples.findings(Samples.accepted + [broken])
        #expect(findings.map(Told.init) == [Told(.internalError, .imap, .mailbox)])
        #expect(findings.first?.remedy.who == .support)
        #expect(Judgement.verdict(findings: findings, observations: Samples.accepted + [broken]) == .cannotTell)
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("Room in the mailbox")
struct QuotaRuleTests {
    @Test(arguments: [
        (10, 100, false), (94, 100, false), (95, 100, true), (120, 100, true), (5, 0, false), (7, 7, true),
    ])
    func isToldWhenNearlyUsed(_ used: Int, _ limit: Int, _ isTold: Bool) throws {
        let quota = QuotaFacts(resource: "STORAGE", used: used, limit: limit)
        let observation = Observation(
            id: .mailboxes, stage: .mailbox, endpoint: Samples.imap, outcome: .observed,
            facts: .mailbox(MailboxFacts(quotas: [quota])))
        let told = try Samples.findings([observation]).map(Told.init)
        #expect(told == (isTold ? [Told(.quotaExceeded, .imap, .mailbox, .warning)] : []))
    }
}

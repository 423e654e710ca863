import MailDiagnosis
import MailModel
import Testing

@Suite("Data that nobody had asked for")
struct UnsolicitedReplyRuleTests {
    @Test(arguments: [0, 3])
    func isTold(_ count: Int) throws {
        let observation = Observation(
            id: .capabilities(.imap), stage: .capabilities, endpoint: Samples.imap, outcome: .observed,
            facts: .capabilities(CapabilityFacts(onLoginChannel: [], mechanisms: ["PLAIN"], unsolicited: count)))
        let told = try Samples.findings([observation]).map(Told.init)
        #expect(told == (count == 0 ? [] : [Told(.unsolicitedReply, .imap, .capabilities, .warning)]))
    }
}

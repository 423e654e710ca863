import MailDiagnosis
import MailModel
import Testing

@Suite("Alerts before the login")
struct ServerAlertRuleTests {
    @Test func areQuoted() throws {
        let observation = Observation(
            id: .capabilities(.imap), stage: .capabilities, endpoint: Samples.imap, outcome: .observed,
            facts: .capabilities(CapabilityFacts(onLoginChannel: [], alerts: [ServerText("maintenance at noon")])))
        let findings = try Samples.findings([observation])
        #expect(findings.map(Told.init) == [Told(.serverAlert, .imap, .capabilities, .info)])
        #expect(findings.first?.serverText == "maintenance at noon")
    }
}

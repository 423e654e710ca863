import MailDiagnosis
import MailModel
import Testing

@Suite("Octets in clear around STARTTLS")
struct InjectionRuleTests {
    @Test func areToldEvenWhenTheyDidNoHarm() throws {
        let observations = [Samples.tls(discarded: 21)] + Samples.accepted
        let findings = Judge.findings(for: try Samples.input(observations))
        #expect(findings.map(Told.init) == [Told(.plaintextInjection, .smtp, .tls, .warning)])
        #expect(VerdictRule.verdict(findings: findings, observations: observations) == .readyWithWarnings)
    }

    @Test func nothingIsToldWithoutThem() throws {
        #expect(Judge.findings(for: try Samples.input([Samples.tls(discarded: 0)])).isEmpty)
    }
}

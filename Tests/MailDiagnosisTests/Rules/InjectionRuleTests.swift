import MailDiagnosis
import MailModel
import Testing

@Suite("Octets in clear around STARTTLS")
struct InjectionRuleTests {
    @Test func areToldEvenWhenTheyDidNoHarm() throws {
        let observations = [Samples.tls(discarded: 21)] + Samples.accepted
        let findings = try Samples.findings(observations)
        #expect(findings.map(Told.init) == [Told(.plaintextInjection, .smtp, .tls, .warning)])
        #expect(Judgement.verdict(findings: findings, observations: observations) == .readyWithWarnings)
    }

    @Test func nothingIsToldWithoutThem() throws {
        #expect(try Samples.findings([Samples.tls(discarded: 0)]).isEmpty)
    }
}

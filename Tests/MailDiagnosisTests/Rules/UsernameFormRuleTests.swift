import MailDiagnosis
import MailModel
import Testing

@Suite("Another form of the user name")
struct UsernameFormRuleTests {
    @Test func isToldWhenItWasTaken() throws {
        var observations = Samples.accepted
        if case .login(var facts)? = observations[1].facts {
            facts.refusedUsernames = ["jane@example.com"]
            facts.username = "jane"
            observations[1].facts = .login(facts)
        }
        let findings = try Samples.findings(observations)
        #expect(findings.map(Told.init) == [Told(.usernameForm, .imap, .auth, .warning)])
        #expect(findings.first?.remedy.steps.first?.text.contains("jane") == true)
        #expect(try Samples.findings(Samples.accepted).isEmpty)
    }
}

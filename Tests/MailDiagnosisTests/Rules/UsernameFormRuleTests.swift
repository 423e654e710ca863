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
        let findings = Judge.findings(for: try Samples.input(observations))
        #expect(findings.map(Told.init) == [Told(.usernameForm, .imap, .auth, .warning)])
        #expect(findings.first?.remedy.steps.first?.contains("jane") == true)
        #expect(Judge.findings(for: try Samples.input(Samples.accepted)).isEmpty)
    }
}

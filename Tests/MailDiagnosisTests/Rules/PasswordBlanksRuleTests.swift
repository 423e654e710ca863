import MailDiagnosis
import MailModel
import Testing

@Suite("Passwords that were copied in groups")
struct PasswordBlanksRuleTests {
    private static func login(_ endpoint: Endpoint, blanksRemoved: Bool) -> Observation {
        let reply =
            endpoint.service == .smtp
            ? ServerReply(code: 235, text: ServerText("")) : ServerReply(status: "OK", text: ServerText(""))
        return Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint, outcome: .observed,
            facts: .login(
                LoginFacts(mechanism: "PLAIN", username: "jane", reply: reply, blanksRemoved: blanksRemoved)))
    }

    @Test func areToldOnceForBothSides() throws {
        let findings = try Samples.findings([Samples.smtp, Samples.imap].map { Self.login($0, blanksRemoved: true) })
        let told = findings.filter { $0.id == .passwordBlanksRemoved }
        #expect(told.count == 1)
        #expect(told.first?.severity == .info)
        #expect(told.first?.evidence == ["smtp.auth", "imap.auth"])
    }

    @Test func othersAreNotToldOf() throws {
        let findings = try Samples.findings([Self.login(Samples.smtp, blanksRemoved: false)])
        #expect(!findings.contains { $0.id == .passwordBlanksRemoved })
    }
}

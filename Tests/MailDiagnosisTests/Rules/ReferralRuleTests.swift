import MailDiagnosis
import MailModel
import Testing

@Suite("Referrals to other servers")
struct ReferralRuleTests {
    private static let reply = Samples.imapReply("NO", "REFERRAL", "moved (imap://jane@other.example/)")

    @Test func aRefusedLoginIsTheWrongHost() throws {
        let findings = try Samples.findings([Samples.login(Samples.imap, Self.reply, mechanism: "LOGIN")])
        #expect(findings.map(Told.init) == [Told(.wrongHost, .imap, .auth)])
        #expect(findings.first?.serverText?.contains("other.example") == true)
    }

    @Test func aGreetingIsToldOnly() throws {
        let greeting = Samples.imapReply("OK", "REFERRAL", "hello (imap://other.example/)")
        let observation = Observation(
            id: .connect(.imap), stage: .connect, endpoint: Samples.imap, outcome: .observed,
            facts: .connection(ConnectionFacts(greeting: greeting)))
        let told = try Samples.findings([observation]).map(Told.init)
        #expect(told == [Told(.referralOffered, .imap, .connect, .warning)])
    }
}

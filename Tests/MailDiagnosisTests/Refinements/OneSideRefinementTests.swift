import MailDiagnosis
import MailModel
import Testing

@Suite("One side only")
struct OneSideRefinementTests {
    @Test func theOtherSideSpeaksForThePassword() throws {
        let refused = Samples.login(
            Samples.imap, Samples.imapReply("NO", "AUTHENTICATIONFAILED", "Authentication failed."), mechanism: "LOGIN")
        let passed = Samples.login(Samples.smtp, Samples.smtpReply(235, nil, "in"))
        let alone = try #require(try Samples.findings([refused]).first)
        let beside = try #require(try Samples.findings([passed, refused]).first)
        #expect(alone.id == .badCredentials)
        #expect(beside.id == .badCredentials)
        #expect(beside.detail.contains("SMTP took its login"))
        #expect(!alone.detail.contains("took its login"))
        #expect(beside.remedy.steps.count > alone.remedy.steps.count)
    }

    /// Google has words for IMAP that is off; those for a wrong password show that it is on.
    @Test func nobodyIsToldToTurnOnWhatIsOn() throws {
        let refused = Samples.login(
            Samples.imap, Samples.imapReply("NO", "AUTHENTICATIONFAILED", "Authentication failed."), mechanism: "LOGIN")
        let passed = Samples.login(Samples.smtp, Samples.smtpReply(235, nil, "in"))
        for (provider, mayBeOff) in [("google_workspace", false), ("fastmail_none", true)] {
            let finding = try #require(
                try Samples.findings([passed, refused], provider: Samples.provider(provider))
                    .first { $0.service == .imap })
            #expect(finding.detail.contains("may be switched off") == mayBeOff, "\(provider)")
        }
    }
}

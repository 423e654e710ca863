import MailDiagnosis
import MailModel
import Testing

@Suite("A side that takes no password any more")
struct PasswordWayRefinementTests {
    private static let tenantOff = Samples.login(
        Samples.smtp,
        Samples.smtpReply(
            535, "5.7.139", "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."))
    private static let mailboxOff = Samples.login(
        Samples.smtp,
        Samples.smtpReply(
            535, "5.7.139", "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."))
    private static let passed = Samples.login(Samples.smtp, Samples.smtpReply(235, "2.7.0", "Accepted"))
    private static let imapRefused = Samples.login(
        Samples.imap, Samples.imapReply("NO", "AUTHENTICATIONFAILED", "nobody else says this"), mechanism: "PLAIN")

    private func findings(_ observations: [Observation]) throws -> [Finding] {
        try Samples.findings(observations, provider: Samples.provider("microsoft365"))
    }

    @Test(arguments: [[tenantOff, imapRefused], [mailboxOff, imapRefused], [passed, imapRefused], [tenantOff]])
    func everyCauseIsToldTheWayThatWorks(_ observations: [Observation]) throws {
        let findings = try findings(observations).filter { $0.severity == .error }
        #expect(!findings.isEmpty)
        for finding in findings {
            #expect(finding.remedy.steps == [.connectByOAuth], "\(finding)")
            #expect(finding.retry == .no)
        }
    }

    @Test func theCausesKeepTheirNames() throws {
        let findings = try findings([Self.tenantOff, Self.imapRefused])
        #expect(findings.map(\.id) == [.smtpAuthDisabledTenant, .basicAuthDisabled])
        #expect(findings[0].detail.contains("does not connect the mailbox"))
    }

    /// The title says what is so, and not that the password is wrong: that was never found out.
    @Test func theTitleDoesNotBlameThePassword() throws {
        let finding = try #require(try findings([Self.imapRefused]).first { $0.service == .imap })
        #expect(finding.id == .basicAuthDisabled)
        #expect(finding.summary.hasSuffix("takes no password over IMAP."))
        #expect(!finding.detail.contains("wrong user name"))
    }

    @Test func whatNoOtherWayCuresIsLeftAlone() throws {
        let locked = Samples.login(
            Samples.smtp,
            Samples.smtpReply(535, "5.7.3", "Authentication unsuccessful, the account is locked by your organization"))
        for finding in try findings([locked, Self.imapRefused]) where finding.id == .accountLocked {
            #expect(!finding.remedy.steps.contains(.connectByOAuth))
        }
        let silent = Samples.failed(Samples.smtp, "connect", .connect, Samples.attempts(.timedOut))
        let timeout = try #require(try findings([silent, Self.imapRefused]).first { $0.id == .connectTimeout })
        #expect(!timeout.remedy.steps.contains(.connectByOAuth))
    }

    @Test func aTokenIsAWayOfItsOwn() throws {
        let token = Samples.login(
            Samples.imap, Samples.imapReply("NO", nil, "AUTHENTICATE failed."), mechanism: "XOAUTH2")
        #expect(try findings([token]).allSatisfy { !$0.remedy.steps.contains(.connectByOAuth) })
    }

    @Test func whereBothSidesTakePasswordsTheSwitchHelps() throws {
        let refused = Samples.login(Samples.smtp, Samples.smtpReply(535, "5.7.8", "Error: authentication failed:"))
        let told = try Samples.findings([refused], provider: Samples.provider("google_workspace"))
        #expect(told.allSatisfy { !$0.remedy.steps.contains(.connectByOAuth) })
    }
}

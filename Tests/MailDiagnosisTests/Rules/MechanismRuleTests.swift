import MailDiagnosis
import MailModel
import Testing

@Suite("Logins that do not fit")
struct MechanismRuleTests {
    @Test(arguments: [
        FailureRow("none for SMTP", Samples.smtp, "auth", .auth, .loginNotOffered, .wrongPort, .actionNeeded),
        FailureRow("none for IMAP", Samples.imap, "auth", .auth, .loginNotOffered, .basicAuthDisabled, .actionNeeded),
        FailureRow(
            "tokens only", Samples.imap, "auth", .auth, .noCommonMechanism(offered: ["XOAUTH2"]), .oauthRequired,
            .actionNeeded),
        FailureRow(
            "strange ones only", Samples.imap, "auth", .auth, .noCommonMechanism(offered: ["GSSAPI"]),
            .basicAuthDisabled, .actionNeeded),
        FailureRow(
            "passwords, and a token was given", Samples.smtp, "auth", .auth,
            .noCommonMechanism(offered: ["SCRAM-SHA-256"]), .badCredentials, .actionNeeded),
        FailureRow(
            "a password with a line end", Samples.imap, "auth", .auth,
            .unusableCredential(.controlInSecret), .badCredentials, .actionNeeded),
    ])
    func areTold(_ row: FailureRow) throws { try row.check() }

    @Test func aTokenIsAskedForWhereOnlyTokensAreTaken() throws {
        let seen = Samples.failed(Samples.imap, "auth", .auth, .noCommonMechanism(offered: ["OAUTHBEARER"]))
        #expect(try Samples.findings([seen]).first?.remedy.steps.last == .useAccessToken(.imap))
    }

    @Test(arguments: [
        (UnusableCredential.emptyUsername, "user name is empty"), (.emptySecret, "password is empty"),
        (.controlInUsername, "control character"), (.needsPreparation, "does not carry"),
    ])
    func whatCannotBeSentIsSaidInWords(_ id: UnusableCredential, _ words: String) throws {
        let seen = Samples.failed(Samples.imap, "auth", .auth, .unusableCredential(id))
        #expect(try Samples.findings([seen]).first?.summary.contains(words) == true)
    }
}

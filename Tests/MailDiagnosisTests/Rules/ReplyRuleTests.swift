import MailDiagnosis
import MailModel
import Testing

@Suite("Refusals in the server's own words")
struct ReplyRuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(provider ?? "anybody"): \(id)" }
        var provider: String?
        var observation: Observation
        var id: FindingID
        var verdict = Verdict.actionNeeded
    }

    static let rows: [Row] = {
        func smtp(_ code: Int, _ enhanced: String?, _ text: String, _ mechanism: String = "PLAIN") -> Observation {
            Samples.login(Samples.smtp, Samples.smtpReply(code, enhanced, text), mechanism: mechanism)
        }
        func imap(_ status: String, _ code: String?, _ text: String) -> Observation {
            Samples.login(Samples.imap, Samples.imapReply(status, code, text), mechanism: "LOGIN")
        }
        let microsoft = "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
        return [
            Row(
                provider: nil, observation: smtp(535, "5.7.8", "Error: authentication failed: (reason unavailable)"),
                id: .badCredentials),
            Row(
                provider: "google_workspace", observation: smtp(535, "5.7.8", "Error: authentication failed:"),
                id: .badCredentials),
            Row(
                provider: "google_workspace",
                observation: imap("NO", "AUTHENTICATIONFAILED", "Invalid credentials (Failure)"), id: .badCredentials),
            Row(
                provider: "google_workspace", observation: imap("NO", "AUTHENTICATIONFAILED", "Authentication failed."),
                id: .badCredentials),
            Row(
                provider: "google_workspace",
                observation: smtp(534, "5.7.9", "Application-specific password required."), id: .appPasswordRequired),
            Row(provider: "microsoft365", observation: smtp(535, "5.7.139", microsoft), id: .smtpAuthDisabledTenant),
            Row(
                provider: nil, observation: smtp(421, "4.7.0", "mail.example Error: too many errors"), id: .rateLimited,
                verdict: .cannotTell),
            Row(provider: nil, observation: smtp(599, nil, "the moon is in the wrong house"), id: .unknownReply),
            Row(
                provider: nil, observation: smtp(499, nil, "the moon is in the wrong house"), id: .serverBusy,
                verdict: .cannotTell),
            Row(
                provider: nil, observation: smtp(535, "5.7.8", "Error: authentication failed", "XOAUTH2"),
                id: .badCredentials),
        ]
    }()

    @Test(arguments: rows)
    func namesTheCause(_ row: Row) throws {
        let provider = row.provider.map {
            ProviderIdentification(id: $0, name: $0, confidence: 0.9, hosting: .hosted)
        }
        let findings = try Samples.findings([row.observation], provider: provider ?? .unknown)
        #expect(findings.map(\.id) == [row.id])
        #expect(findings.first?.service == row.observation.service)
        #expect(findings.first?.serverText?.isEmpty == false)
        #expect(Judgement.verdict(findings: findings, observations: [row.observation]) == row.verdict)
    }

    @Test func aRefusedTokenIsNotCalledAPassword() throws {
        let reply = Samples.smtpReply(535, "5.7.8", "Error: authentication failed")
        let login = Samples.login(Samples.smtp, reply, mechanism: "OAUTHBEARER")
        let finding = try #require(try Samples.findings([login]).first)
        #expect(finding.summary.contains("token"))
    }
}

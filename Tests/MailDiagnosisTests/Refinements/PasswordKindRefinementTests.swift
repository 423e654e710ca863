import MailDiagnosis
import MailModel
import Testing

@Suite("Which password a provider takes")
struct PasswordKindRefinementTests {
    private func finding(_ provider: String, _ observation: Observation) throws -> Finding {
        let who = ProviderIdentification(id: provider, name: provider, confidence: 0.9, hosting: .hosted)
        return try #require(try Samples.findings([observation], provider: who).first)
    }

    private static let refused = Samples.login(
        Samples.imap, Samples.imapReply("NO", "AUTHENTICATIONFAILED", "nobody else says this"), mechanism: "LOGIN")

    @Test func passwordsThatHaveEnded() throws {
        let finding = try finding("microsoft365", Self.refused)
        #expect(finding.id == .basicAuthDisabled || finding.id == .oauthRequired, "\(finding.id)")
    }

    @Test func appPasswords() throws {
        let finding = try finding("icloud", Self.refused)
        #expect(finding.detail.contains("app passwords only") || finding.id == .appPasswordRequired, "\(finding)")
    }

    @Test func tokensAreLeftAlone() throws {
        let token = Samples.login(
            Samples.imap, Samples.imapReply("NO", "AUTHENTICATIONFAILED", "no"), mechanism: "XOAUTH2")
        #expect(try finding("microsoft365", token).id == .badCredentials)
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("Runs without a password")
struct PasswordNotGivenRuleTests {
    private static func notTried(_ endpoint: Endpoint) -> Observation {
        Observation(
            id: .auth(endpoint.service), stage: .auth, endpoint: endpoint,
            outcome: .skipped(.passwordNotGiven))
    }

    private static let both = [notTried(Samples.smtp), notTried(Samples.imap)]

    @Test func areToldOnce() throws {
        let findings = try Samples.findings(Self.both)
        #expect(findings.map(Told.init) == [Told(.passwordNotGiven, nil, .auth, .info)])
        #expect(findings.first?.evidence == ["smtp.auth", "imap.auth"])
        #expect(findings.first?.remedy.steps == [.givePassword])
        #expect(Judgement.verdict(findings: findings, observations: Self.both) == .cannotTell)
    }

    @Test func otherReasonsToSkipAreNot() throws {
        var skipped = Self.both[0]
        skipped.outcome = .skipped(.triedBefore)
        #expect(try Samples.findings([skipped]).isEmpty)
    }

    @Test func nobodyIsAskedForAPasswordThatCannotBeUsed() throws {
        let finding = try #require(
            try Samples.findings(Self.both, provider: Samples.provider("microsoft365")).first)
        #expect(finding.id == .passwordNotGiven)
        #expect(finding.remedy.steps.contains(.connectByOAuth))
        #expect(!finding.remedy.steps.contains(.givePassword))
    }
}

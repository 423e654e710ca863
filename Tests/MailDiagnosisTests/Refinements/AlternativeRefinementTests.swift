import MailDiagnosis
import MailModel
import Testing

@Suite("The endpoint that works in place of the planned one")
struct AlternativeRefinementTests {
    private func findings(isUserChoice: Bool, works: Bool, passed: Bool) throws -> [Finding] {
        let refused = Failure.notConnected([
            ConnectionAttempt(address: "192.0.2.1", outcome: .refused, duration: .zero)
        ])
        let tried = AlternativeFacts(
            endpoint: Samples.smtps, reason: .otherPort, stage: .capabilities, failure: works ? nil : refused)
        var observations = [
            Samples.failed(Samples.smtp, "connect", .connect, refused),
            Observation(
                id: .alternatives(.smtp), stage: .connect, endpoint: Samples.smtp, outcome: .observed,
                facts: .alternatives(AlternativesFacts(isUserChoice: isUserChoice, tried: [tried]))),
        ]
        if passed { observations.append(Samples.login(Samples.smtps, Samples.smtpReply(235, nil, "in"))) }
        return try Samples.findings(observations)
    }

    @Test func anInferredEndpointIsPutRight() throws {
        let finding = try #require(try findings(isUserChoice: false, works: true, passed: true).first)
        #expect(finding.severity == .warning)
        #expect(finding.retry == .no)
        #expect(finding.remedy.steps.first == .useEndpoint(Samples.smtps, [.loginPassed]))
    }

    @Test func theUsersOwnChoiceMustBeChanged() throws {
        let finding = try #require(try findings(isUserChoice: true, works: true, passed: false).first)
        #expect(finding.severity == .error)
        #expect(finding.retry == .no)
    }

    @Test func nothingWorks() throws {
        let finding = try #require(try findings(isUserChoice: false, works: false, passed: false).first)
        #expect(finding.severity == .error)
        #expect(finding.retry == .afterSeconds(300))
        #expect(finding.detail.contains("smtp.example.com:465/tls"))
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("Limits of our own")
struct OwnLimitRuleTests {
    @Test(arguments: [Failure.ourLimit, Samples.attempts(.ourLimit), Samples.attempts(.superseded, .ourLimit)])
    func blameNoServer(_ failure: Failure) throws {
        let observation = Samples.failed(Samples.smtp, "connect", .connect, failure)
        let findings = try Samples.findings([observation])
        #expect(findings.map(Told.init) == [Told(.ownLimit, .smtp, .connect, .info)])
        #expect(findings.first?.retry == .afterSeconds(60))
        #expect(Judgement.verdict(findings: findings, observations: [observation]) == .cannotTell)
    }

    @Test func bothSidesAreToldOnce() throws {
        let seen = [Samples.smtp, Samples.imap].map { Samples.failed($0, "connect", .connect, .ourLimit) }
        let findings = try Samples.findings(seen)
        #expect(findings.map(Told.init) == [Told(.ownLimit, nil, .connect, .info)])
        #expect(findings.first?.evidence == ["smtp.connect", "imap.connect"])
    }

    @Test func aServerThatAnsweredOtherwiseIsStillTold() throws {
        let observation = Samples.failed(Samples.smtp, "connect", .connect, Samples.attempts(.ourLimit, .refused))
        #expect(try Samples.findings([observation]).map(\.id) == [.connectRefused])
    }
}

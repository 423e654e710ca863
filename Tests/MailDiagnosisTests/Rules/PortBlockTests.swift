import MailDiagnosis
import MailModel
import Testing

@Suite("Networks that let no mail out")
struct PortBlockTests {
    private static let silence = Failure.notConnected([
        ConnectionAttempt(address: "192.0.2.1", outcome: .timedOut, duration: .seconds(10))
    ])
    private static let refused = Failure.notConnected([
        ConnectionAttempt(address: "192.0.2.1", outcome: .refused, duration: .zero)
    ])

    private func summary(_ other: Failure?, imapAnswers: Bool = false) throws -> String {
        var observations = [Samples.failed(Samples.smtp, "connect", .connect, Self.silence)]
        if let other {
            let tried = AlternativeFacts(endpoint: Samples.smtps, reason: .otherPort, stage: .connect, failure: other)
            observations.append(
                Observation(
                    id: .alternatives(.smtp), stage: .connect, endpoint: Samples.smtp, outcome: .observed,
                    facts: .alternatives(AlternativesFacts(isUserChoice: false, tried: [tried]))))
        }
        if imapAnswers {
            var imap = Samples.imap
            imap.host = Samples.smtp.host
            let attempt = ConnectionAttempt(address: "192.0.2.1", outcome: .connected, duration: .zero)
            observations.append(
                Observation(
                    id: .connect(.imap), stage: .connect, endpoint: imap, outcome: .observed,
                    facts: .connection(ConnectionFacts(attempts: [attempt]))))
        }
        let finding = try #require(Judge.findings(for: try Samples.input(observations)).first)
        #expect(finding.id == .connectTimeout)
        return finding.summary
    }

    @Test func silenceOnBothSubmissionPorts() throws {
        #expect(try summary(Self.silence).contains("Your network, not your password"))
    }

    @Test func silenceBesideAPortThatAnswers() throws {
        #expect(try summary(nil, imapAnswers: true).contains("Your network"))
    }

    @Test func aRefusalElsewhereProvesNothing() throws {
        #expect(try !summary(Self.refused).contains("Your network"))
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("STARTTLS that is not offered")
struct StartTLSMissingRuleTests {
    private static let imapPlain = Endpoint(service: .imap, host: "imap.example.com", port: 143, security: .starttls)

    @Test(arguments: [
        (
            FailureRow("SMTP", Samples.smtp, "tls", .tls, .startTLSNotOffered, .starttlsStripped, .actionNeeded),
            Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .tls)
        ),
        (
            FailureRow("IMAP", imapPlain, "tls", .tls, .startTLSNotOffered, .starttlsStripped, .actionNeeded),
            Endpoint(service: .imap, host: "imap.example.com", port: 993, security: .tls)
        ),
    ])
    func anotherPortIsProposed(_ row: FailureRow, _ endpoint: Endpoint) throws {
        let finding = try row.check()
        #expect(finding.remedy.steps.first == .useEndpoint(endpoint, [.untried]))
    }

    @Test func whatWorksIsSaidInPlaceOfAGuess() throws {
        let tried = AlternativeFacts(endpoint: Samples.smtps, reason: .otherPort, stage: .capabilities, failure: nil)
        let finding = try #require(
            try Samples.findings([
                Samples.failed(Samples.smtp, "tls", .tls, .startTLSNotOffered),
                Samples.alternatives(Samples.smtp, [tried]),
            ]).first)
        let endpoints = finding.remedy.steps.filter { $0.kind == "use_endpoint" }
        #expect(endpoints == [.useEndpoint(Samples.smtps, [.answers])])
    }
}

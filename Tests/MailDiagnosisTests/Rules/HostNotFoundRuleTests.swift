import MailDiagnosis
import MailModel
import Testing

@Suite("Hosts without an address")
struct HostNotFoundRuleTests {
    private static func lookups(_ outcome: DNSOutcome) -> Failure {
        .noAddress([
            DNSResponse(name: "smtp.example.com", type: .aaaa, outcome: .noData, duration: .zero),
            DNSResponse(name: "smtp.example.com", type: .a, outcome: outcome, duration: .zero),
        ])
    }

    static let rows = [
        FailureRow(
            "does not exist", Samples.smtp, "connect", .connect, lookups(.nameNotFound), .wrongHost, .actionNeeded,
            at: .dns),
        FailureRow(
            "has no address", Samples.imap, "connect", .connect, lookups(.noData), .wrongHost, .actionNeeded, at: .dns),
    ]

    @Test(arguments: rows)
    func areTheWrongOnes(_ row: FailureRow) throws {
        let finding = try row.check()
        #expect(finding.remedy.steps.last == .nameEndpoint(row.observation.service))
    }

    @Test func aResolverInTroubleIsNotTheHost() throws {
        let findings = try Samples.findings([
            Samples.failed(Samples.smtp, "connect", .connect, Self.lookups(.timedOut))
        ])
        #expect(!findings.contains { $0.id == .wrongHost })
    }
}

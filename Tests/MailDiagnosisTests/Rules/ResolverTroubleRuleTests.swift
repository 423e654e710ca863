import MailDiagnosis
import MailModel
import Testing

@Suite("A resolver in trouble")
struct ResolverTroubleRuleTests {
    private static func lookup(_ outcome: DNSOutcome) -> Failure {
        .noAddress([DNSResponse(name: "smtp.example.com", type: .a, outcome: outcome, duration: .zero)])
    }

    static let rows = [
        ("silent", DNSOutcome.timedOut), ("refuses", .refused), ("fails", .serverFailure), ("garbled", .broken("x")),
    ].map { name, outcome in
        FailureRow(
            name, Samples.smtp, "connect", .connect, lookup(outcome), .dnsFailure, .cannotTell, at: .dns)
    }

    @Test(arguments: rows)
    func saysNothingOfTheAccount(_ row: FailureRow) throws {
        let finding = try row.check()
        #expect(finding.remedy.steps.contains(.useResolver))
        #expect(finding.retry == .afterSeconds(60))
    }

    @Test func theExchangersWeighLessThanSettingsFromElsewhere() throws {
        let seen = Samples.mx(.serverFailure)
        #expect(try Samples.findings([seen], search: .found).map(\.severity) == [.warning])
        #expect(try Samples.findings([seen], search: .inconclusive).map(\.severity) == [.error])
    }
}

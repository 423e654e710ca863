import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

@Suite("Which hosts are connected to for comparison")
struct ControlPlanTests {
    private func hosts(_ endpoint: Endpoint, _ failure: Failure) throws -> [Endpoint] {
        ControlPlan.endpoints(after: endpoint, failure: failure, catalogue: try RepositoryCatalog.catalog())
    }

    @Test(arguments: [Samples.smtp, Samples.imap])
    func othersOnTheSamePort(_ endpoint: Endpoint) throws {
        let hosts = try hosts(endpoint, Samples.attempts(.timedOut, .timedOut))
        #expect((1...ControlPlan.limit).contains(hosts.count))
        #expect(hosts.allSatisfy { $0.port == endpoint.port && $0.service == endpoint.service })
        #expect(hosts.allSatisfy { $0.host != endpoint.host })
    }

    @Test func aHostIsNotComparedWithItself() throws {
        let first = try #require(try hosts(Samples.smtp, Samples.attempts(.timedOut)).first)
        #expect(try !hosts(first, Samples.attempts(.timedOut)).contains(first))
    }

    @Test(arguments: [
        Samples.attempts(.refused), Samples.attempts(.ourLimit), Samples.attempts(.notAllowed),
        Samples.attempts(.timedOut, .refused), .timedOut(after: .seconds(1)), .ourLimit, .startTLSNotOffered,
    ])
    func noneAfterWhatTellsEnough(_ failure: Failure) throws {
        #expect(try hosts(Samples.smtp, failure).isEmpty)
    }
}

import MailDiagnosis
import MailModel
import ProviderCatalog
import Testing

@Suite("A catalogue that has grown stale")
struct StaleProfileRuleTests {
    @Test func aKnownHostThatIsGone() throws {
        let provider = ProviderIdentification(id: "fastmail", name: "Fastmail", confidence: 0.9, hosting: .hosted)
        var input = try Samples.input([], provider: provider)
        let host = try #require(input.profile?.smtp.first?.host)
        let endpoint = Endpoint(service: .smtp, host: host, port: 465, security: .tls)
        let lookup = DNSResponse(name: host, type: .a, outcome: .nameNotFound, duration: .zero)
        input.observations = [Samples.failed(endpoint, "connect", .connect, .noAddress([lookup]))]
        let told = Judge.findings(for: input).map(Told.init)
        #expect(told == [Told(.wrongHost, .smtp, .dns), Told(.profileStale, .smtp, .dns, .info)])
    }
}

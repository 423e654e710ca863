import MailDiagnosis
import MailModel
import MailTestSupport
import ProviderCatalog
import Testing

@Suite("A catalogue that has grown stale")
struct StaleProfileRuleTests {
    @Test func aKnownHostThatIsGone() throws {
        let provider = ProviderIdentification(id: "fastmail", name: "Fastmail", confidence: 0.9, hosting: .hosted)
        let profile = try RepositoryCatalog.catalog().profile(id: "fastmail")
        let host = try #require(profile?.smtp.first?.host)
        let endpoint = Endpoint(service: .smtp, host: host, port: 465, security: .tls)
        let lookup = DNSResponse(name: host, type: .a, outcome: .nameNotFound, duration: .zero)
        let gone = Samples.failed(endpoint, "connect", .connect, .noAddress([lookup]))
        let told = try Samples.findings([gone], provider: provider).map(Told.init)
        #expect(told == [Told(.wrongHost, .smtp, .dns), Told(.profileStale, .smtp, .dns, .info)])
    }
}

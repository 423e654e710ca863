import MailDiagnosis
import MailModel
import Testing

@Suite("A resolver that fails for everything")
struct ResolverFoldingTests {
    private func trouble(_ endpoint: Endpoint) -> Observation {
        let lookup = DNSResponse(name: endpoint.host, type: .a, outcome: .timedOut, duration: .zero)
        return Samples.failed(endpoint, "connect", .connect, .noAddress([lookup]))
    }

    @Test func isOneTrouble() throws {
        let seen = [Samples.mx(.timedOut), trouble(Samples.smtp), trouble(Samples.imap)]
        let findings = try Samples.findings(seen)
        #expect(findings.map(Told.init) == [Told(.dnsFailure, nil, .dns)])
        #expect(Set(findings[0].evidence) == ["dns.mx", "smtp.connect", "imap.connect"])
    }

    @Test func oneNameIsItsOwnTrouble() throws {
        let findings = try Samples.findings([trouble(Samples.imap)])
        #expect(findings.map(Told.init) == [Told(.dnsFailure, .imap, .dns)])
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("Domains without mailboxes")
struct NoMailRuleTests {
    @Test(arguments: [
        (DNSOutcome.nameNotFound, FindingID.noMailForDomain),
        (.records([.mx(preference: 0, exchange: "")]), .noMailForDomain),
        (.timedOut, .dnsFailure),
        (.serverFailure, .dnsFailure),
        (.refused, .dnsFailure),
    ])
    func isTold(_ outcome: DNSOutcome, _ id: FindingID) throws {
        let findings = try Samples.findings([Samples.mx(outcome)], search: .inconclusive)
        #expect(findings.map(\.id) == [id])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test(arguments: [DNSOutcome.nameNotFound, .records([.mx(preference: 0, exchange: "")]), .timedOut])
    func serversThatWorkWeighMoreThanTheExchangers(_ outcome: DNSOutcome) throws {
        let observations = [Samples.mx(outcome)] + Samples.accepted
        let findings = try Samples.findings(observations, search: .found)
        #expect(findings.map(\.severity) == [.warning])
        #expect(Judgement.verdict(findings: findings, observations: observations) == .readyWithWarnings)
    }

    /// The doctor tells a look-up that failed as a failed check: the same trouble must not count twice.
    @Test(arguments: [DNSOutcome.timedOut, .serverFailure, .refused])
    func aFailedLookUpOfTheExchangersIsToldOnce(_ outcome: DNSOutcome) throws {
        var mx = Samples.mx(outcome)
        mx.outcome = .failed(
            .noAddress([DNSResponse(name: "example.com", type: .mx, outcome: outcome, duration: .zero)]))
        let observations = [mx] + Samples.accepted
        let findings = try Samples.findings(observations, search: .found)
        #expect(findings.map(Told.init) == [Told(.dnsFailure, nil, .dns, .warning)])
        #expect(Judgement.verdict(findings: findings, observations: observations) == .readyWithWarnings)
    }

    @Test func aForwarderIsNamed() throws {
        let provider = ProviderIdentification(id: "x", name: "A Forwarder", confidence: 0.9, hosting: .forwarding)
        let observation = Samples.mx(.records([.mx(preference: 1, exchange: "mx.forwarder.example")]))
        let findings = try Samples.findings([observation], provider: provider, search: .nothing)
        #expect(findings.map(\.id) == [.forwardingOnly])
        #expect(try #require(findings.first).summary.contains("A Forwarder"))
    }

    @Test func mailWithoutServersIsTold() throws {
        let observation = Samples.mx(.records([.mx(preference: 1, exchange: "mx.example.com")]))
        let findings = try Samples.findings([observation], search: .nothing)
        #expect(findings.map(Told.init) == [Told(.wrongHost, nil, .dns)])
    }
}

import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

@Suite("Programs and proxies that open TLS")
struct InterceptionRuleTests {
    private static let untrusted = ChainVerification.rejected(code: 19, reason: "self-signed certificate in chain")

    private func observation(_ issuer: String, chain: ChainVerification) -> Observation {
        var observation = Samples.tls(chain: chain)
        if case .tls(var facts)? = observation.facts {
            facts.certificates[0].issuer = issuer
            observation.facts = .tls(facts)
        }
        return observation
    }

    @Test(arguments: [
        "CN=Avast Web/Mail Shield Root,O=Avast Web/Mail Shield", "CN=ESET SSL Filter CA,O=ESET",
        "CN=Kaspersky Anti-Virus Personal Root Certificate", "CN=Zscaler Root CA,O=Zscaler Inc.",
        "CN=FortiGate CA,O=Fortinet", "O=Fortinet,CN=FG100",
    ])
    func areTold(_ issuer: String) throws {
        let told = try Samples.findings([observation(issuer, chain: Self.untrusted)]).map(Told.init)
        #expect(told == [Told(.proxyOrAntivirusInterception, .smtp, .tls)])
    }

    @Test func aTrustedOneIsAWarning() throws {
        let told = try Samples.findings([observation("CN=ESET SSL Filter CA", chain: .trusted)]).map(Told.init)
        #expect(told == [Told(.proxyOrAntivirusInterception, .smtp, .tls, .warning)])
    }

    @Test func savedEvidenceIsJudgedAlike() throws {
        let seen = observation("CN=Zscaler Root CA,O=Zscaler Inc.", chain: Self.untrusted)
        var saved = Diagnosis(
            address: nil, domain: try DomainName("example.com"), startedAt: Samples.noon)
        saved.observations = [seen]
        let judged = Reevaluation.judged(saved, catalog: try RepositoryCatalog.catalog())
        #expect(judged.findings.contains { $0.id == .proxyOrAntivirusInterception })
    }

    @Test func othersAreNot() throws {
        #expect(try Samples.findings([observation("CN=R11,O=Let's Encrypt", chain: .trusted)]).isEmpty)
    }
}

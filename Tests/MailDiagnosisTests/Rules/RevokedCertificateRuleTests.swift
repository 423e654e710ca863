import MailDiagnosis
import MailModel
import Testing

@Suite("Stapled words on a certificate")
struct RevokedCertificateRuleTests {
    @Test(arguments: OCSPStapleFacts.Status.allCases)
    func revokedIsTold(_ status: OCSPStapleFacts.Status) throws {
        var observation = Samples.tls()
        if case .tls(var facts)? = observation.facts {
            facts.ocspStaple = OCSPStapleFacts(status: status)
            observation.facts = .tls(facts)
        }
        let told = try Samples.findings([observation]).map(\.id)
        #expect(told == (status == .revoked ? [.certRevoked] : []))
    }
}

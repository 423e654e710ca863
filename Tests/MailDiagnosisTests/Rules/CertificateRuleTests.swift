import MailDiagnosis
import MailModel
import Testing

@Suite("Certificates that are not to be trusted")
struct CertificateRuleTests {
    private static let untrusted = ChainVerification.rejected(
        code: 20, reason: "unable to get local issuer certificate")
    private static let outOfDate = ChainVerification.rejected(code: 10, reason: "certificate has expired")

    @Test func aGoodOneIsNotMentioned() throws {
        #expect(try Samples.findings([Samples.tls()]).isEmpty)
    }

    @Test func expired() throws {
        let told = try tell(Samples.tls(chain: Self.outOfDate, validFor: -1))
        #expect(told == [Told(.certExpired, .smtp, .tls)])
    }

    @Test func unknownIssuer() throws {
        #expect(try tell(Samples.tls(chain: Self.untrusted)) == [Told(.certInvalid, .smtp, .tls)])
    }

    @Test func anotherName() throws {
        let told = try tell(Samples.tls(Samples.imap, nameMatches: false, names: ["mail.hoster.net"]))
        #expect(told == [Told(.certNameMismatch, .imap, .tls)])
    }

    @Test func theNameThatWouldFitIsProposed() throws {
        let handshake = Samples.tls(nameMatches: false, names: ["*.hoster.net", "mail.hoster.net"])
        let steps = try #require(try Samples.findings([handshake]).first).remedy.steps
        #expect(steps.contains { $0.text.contains("mail.hoster.net") })
    }

    @Test func bothFaultsAreTold() throws {
        let told = try tell(Samples.tls(chain: Self.untrusted, nameMatches: false, names: ["other.example"]))
        #expect(Set(told) == [Told(.certInvalid, .smtp, .tls), Told(.certNameMismatch, .smtp, .tls)])
    }

    private func tell(_ observation: Observation) throws -> [Told] {
        try Samples.findings([observation]).map(Told.init)
    }
}

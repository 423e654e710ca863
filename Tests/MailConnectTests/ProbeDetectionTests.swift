import MailConnect
import MailLoopback
import MailModel
import Testing

@Suite("Guesses, probed without credentials")
struct ProbeDetectionTests {
    private static let imap = """
        S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] {greeting}
        C: * CAPABILITY
        S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
        S: {tag} OK done
        C: * LOGOUT
        S: * BYE
        S: {tag} OK bye
        """
    private static let smtp = """
        S: 220 ready ESMTP
        C: EHLO *
        S: 250-ready
        S: 250 AUTH PLAIN LOGIN
        C: QUIT
        S: 221 bye
        """

    /// IMAP on 993 and submission on 465 of some hosts, with a certificate for these names.
    private static func sites(
        _ hosts: [String: [String]], greeting: String = "ready", _ authority: CertificateAuthority
    ) throws -> [LoopbackSite] {
        try hosts.flatMap { host, names in
            let tls = PeerTLS(try authority.issue(CertificateRequest(names: names)), isImplicit: true)
            let imap = imap.replacing("{greeting}", with: greeting)
            return [
                LoopbackSite(host: host, port: 993, peer: MailPeer(script: try Dialogue(imap), tls: tls)),
                LoopbackSite(host: host, port: 465, peer: MailPeer(script: try Dialogue(smtp), tls: tls)),
            ]
        }
    }

    private func detect(
        _ hosts: [String: [String]], greeting: String = "ready", exchanger: String = "mx.d.test"
    ) async throws -> Diagnosis {
        let internet = try await SmallInternet(
            sites: { try Self.sites(hosts, greeting: greeting, $0) }, zone: ["d.test MX 10 \(exchanger)"])
        let diagnosis = try await internet.engine.report(on: Account(address: try EmailAddress("jane@d.test")))
        await internet.stop()
        return diagnosis
    }

    @Test func serversUnderTheUsualNamesAreProposed() async throws {
        let diagnosis = try await detect(["imap.d.test": ["imap.d.test"], "smtp.d.test": ["smtp.d.test"]])
        #expect(diagnosis.settings?.source == .probe)
        #expect(diagnosis.settings.map { "\($0.smtp) \($0.imap)" } == "smtp.d.test:465/tls imap.d.test:993/tls")
        #expect(diagnosis.disclosures.contains(Disclosure(party: "imap.d.test", matter: .connection)))
        #expect(diagnosis.provider.id == nil)
    }

    /// The host is known, its servers are not: those that answer are proposed, and speak for nobody else.
    @Test func serversOfAKnownHostAreLookedFor() async throws {
        let diagnosis = try await detect(["mail.d.test": ["mail.d.test"]], exchanger: "mail1.serveis.ddl.net")
        #expect(diagnosis.provider.id == "ddl")
        #expect(diagnosis.provider.confidence > 0.9)
        #expect(diagnosis.settings?.source == .probe)
        #expect(diagnosis.settings.map { "\($0.smtp) \($0.imap)" } == "mail.d.test:465/tls mail.d.test:993/tls")
    }

    /// A certificate for another host names the true one, which is tried and proposed.
    @Test func aCertificateNamesTheTrueHost() async throws {
        let names = ["mail.hoster.test"]
        let diagnosis = try await detect(["mail.d.test": names, "mail.hoster.test": names])
        #expect(
            diagnosis.settings.map { "\($0.smtp) \($0.imap)" } == "mail.hoster.test:465/tls mail.hoster.test:993/tls")
        #expect(diagnosis.evidence.contains { $0.source == .probe && $0.outcome == .notTrusted })
    }

    /// Whose chain cannot be trusted names nobody: anybody could make us connect anywhere.
    @Test func aCertificateOfNobodyLeadsNowhere() async throws {
        let stranger = try CertificateAuthority()
        let internet = try await SmallInternet(
            sites: { _ in try Self.sites(["mail.d.test": ["mail.hoster.test"]], stranger) },
            zone: ["d.test MX 10 mx.d.test", "mail.hoster.test A 127.0.0.1"])
        let diagnosis = try await internet.engine.report(on: Account(domain: try DomainName("d.test")))
        await internet.stop()
        #expect(!diagnosis.evidence.contains { $0.query.contains("mail.hoster.test") })
    }

    /// What the live server says weighs more than what the DNS says of the same domain.
    @Test func aLiveServerTellsWhoseItIs() async throws {
        let diagnosis = try await detect(
            ["imap.d.test": ["imap.d.test"], "smtp.d.test": ["smtp.d.test"]], greeting: "Gimap ready for requests")
        #expect(diagnosis.provider.id == "google_workspace")
        #expect(diagnosis.evidence.contains { $0.source == .probe && $0.weight >= 0.9 })
    }
}

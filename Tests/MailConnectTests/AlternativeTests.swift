import MailConnect
import MailLoopback
import MailModel
import Testing

/// A planned endpoint that fails before the login, and what is found in its place.
@Suite("Other endpoints")
struct AlternativeTests {
    private static let password = "Tr0mbone-in-the-attic"
    private static let host = "mail.small.test"

    private struct Place {
        var service: MailService
        var port: Int
        var isImplicit: Bool
    }

    /// One host with sound servers at some places.
    private static func internet(_ places: [Place]) async throws -> SmallInternet {
        try await SmallInternet(
            sites: { authority in
                let certificate = try authority.issue(CertificateRequest(names: [host]))
                let user = MailBehaviourUser(username: "jane@small.test", password: password)
                return places.map { place in
                    let peer = MailPeer(
                        MailBehaviour(place.service, users: [user]),
                        tls: PeerTLS(certificate, isImplicit: place.isImplicit))
                    return LoopbackSite(host: host, port: place.port, peer: peer)
                }
            },
            zone: [
                "small.test MX 10 \(host)", "_submission._tcp.small.test SRV 0 1 587 \(host)",
                "_imaps._tcp.small.test SRV 0 1 993 \(host)", "small.test TXT v=spf1 mx -all",
                "_dmarc.small.test TXT v=DMARC1; p=none",
            ])
    }

    private static let imaps = Place(service: .imap, port: 993, isImplicit: true)

    @Test func theOtherSubmissionPortIsFoundAndUsed() async throws {
        let internet = try await Self.internet([Place(service: .smtp, port: 465, isImplicit: true), Self.imaps])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password)
        await internet.stop()
        #expect(diagnosis.verdict == .readyWithWarnings, "\(diagnosis.told)")
        #expect(diagnosis.told == ["smtp connect connect_refused"])
        #expect(diagnosis.settings?.smtp == Endpoint(service: .smtp, host: Self.host, port: 465, security: .tls))
        let finding = try #require(diagnosis.findings.first)
        #expect(finding.remedy.steps.first?.text.contains("TLS on port 465 of \(Self.host)") == true)
        #expect(finding.severity == .warning)
    }

    @Test func theUsersOwnChoiceStaysAnError() async throws {
        let internet = try await Self.internet([Place(service: .smtp, port: 465, isImplicit: true), Self.imaps])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password) {
            $0.smtpEndpoint = Endpoint(service: .smtp, host: Self.host, port: 587, security: .starttls)
        }
        await internet.stop()
        #expect(diagnosis.verdict == .actionNeeded)
        #expect(diagnosis.outcome("smtp.alternatives") == .observed)
        #expect(diagnosis.findings.first?.remedy.steps.first?.text.contains("login passed there") == true)
    }

    /// The port is right and the mode is not: what is spoken there shows it.
    @Test(arguments: [true, false])
    func theOtherModeOnTheSamePort(_ isImplicit: Bool) async throws {
        let internet = try await Self.internet([Place(service: .smtp, port: 587, isImplicit: isImplicit), Self.imaps])
        let wrong: ConnectionSecurity = isImplicit ? .starttls : .tls
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password, timeout: .seconds(30)) {
            $0.smtpEndpoint = Endpoint(service: .smtp, host: Self.host, port: 587, security: wrong)
        }
        await internet.stop()
        #expect(diagnosis.told.first?.hasSuffix("wrong_port") == true, "\(diagnosis.told)")
        #expect(diagnosis.settings?.smtp.security == (isImplicit ? .tls : .starttls))
        #expect(diagnosis.settings?.smtp.port == 587)
    }

    @Test func nothingElseThere() async throws {
        let internet = try await Self.internet([Self.imaps])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password)
        await internet.stop()
        #expect(diagnosis.verdict == .cannotTell)
        #expect(diagnosis.told == ["smtp connect connect_refused"])
        #expect(diagnosis.findings.first?.detail.contains("465/tls") == true)
    }

    @Test func noLoginIsSentTwice() async throws {
        let right = MailBehaviourUser(username: "jane@small.test", password: "something-else")
        nonisolated(unsafe) var peers: [MailPeer] = []
        let internet = try await SmallInternet(
            sites: { authority in
                let certificate = try authority.issue(CertificateRequest(names: [Self.host]))
                return [(MailService.smtp, 587, false), (.smtp, 465, true), (.imap, 993, true)].map {
                    let peer = MailPeer(
                        MailBehaviour($0.0, users: [right]), tls: PeerTLS(certificate, isImplicit: $0.2))
                    peers.append(peer)
                    return LoopbackSite(host: Self.host, port: $0.1, peer: peer)
                }
            }, zone: ["small.test MX 10 \(Self.host)", "_imaps._tcp.small.test SRV 0 1 993 \(Self.host)"])
        let diagnosis = try await internet.diagnose("jane@small.test", password: Self.password) {
            $0.smtpEndpoint = Endpoint(service: .smtp, host: Self.host, port: 587, security: .starttls)
        }
        await internet.stop()
        #expect(diagnosis.told.contains("smtp auth bad_credentials"))
        #expect(peers.prefix(2).map { $0.record.logins.count }.reduce(0, +) == 1)
    }
}

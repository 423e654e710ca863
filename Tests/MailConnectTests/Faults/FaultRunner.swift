import Foundation
import MailConnect
import MailLoopback
import MailModel
import Testing

/// Runs one cell: the faulty server on its side, a sound one on the other, and holds the diagnosis against the cell.
struct FaultRunner {
    static let password = "Tr0mbone-in-the-attic"
    static let host = "mail.small.test"
    private static let soundHost = "sound.small.test"

    let cell: FaultCell

    /// Plays the cell and holds what came of it against the table.
    func run() async throws {
        let run = try await play()
        expect(run.diagnosis, run.took)
        expectNoLeak(run)
    }

    /// What came of one run.
    struct Run: Sendable {
        var diagnosis: Diagnosis
        /// What the server heard.
        var received: [String]
        /// The names that were asked for.
        var questions: [String]
        var took: Duration
    }

    /// Plays the cell, and asserts nothing.
    func play() async throws -> Run {
        let port = usualPort(cell.service, cell.security)
        let endpoint = Endpoint(service: cell.service, host: Self.host, port: port, security: cell.security)
        let sound = soundEndpoint
        nonisolated(unsafe) var server: MailPeer?
        let cell = cell
        let internet = try await SmallInternet(
            sites: { authority in
                var sites = [try Self.soundSite(sound, authority)]
                guard let script = cell.script else { return sites }
                let made = MailPeer(
                    script: try Dialogue(script + "\n"), tls: try Self.tls(cell, authority))
                server = made
                sites.append(LoopbackSite(host: Self.host, port: port, peer: made))
                return sites
            }, zone: zone, faults: cell.dnsFault.map { [Self.host: $0] } ?? [:])
        let begun = ContinuousClock.now
        let diagnosis = try await internet.diagnose(
            "jane@small.test", password: Self.password, timeout: cell.timeout
        ) {
            $0.smtpEndpoint = cell.service == .smtp ? endpoint : sound
            $0.imapEndpoint = cell.service == .imap ? endpoint : sound
        }
        let took = ContinuousClock.now - begun
        await internet.stop()
        return Run(
            diagnosis: diagnosis, received: server?.received ?? [], questions: internet.internet.dns.questions,
            took: took
        )
    }

    private func expect(_ diagnosis: Diagnosis, _ took: Duration) {
        let serious = diagnosis.findings.filter { $0.severity != .info && $0.service != nil }
        let own = serious.filter { $0.service == cell.service }
        let told = own.map { "\($0.stage?.rawValue ?? "-") \($0.id)" }
        #expect(told == cell.told, "\(cell.testDescription): \(own.map(\.summary)) \(own.compactMap(\.serverText))")
        #expect(serious.count == own.count, "\(cell.testDescription): the other side is in order")
        let status = Self.status(diagnosis.verdict)
        #expect(status == cell.status, "\(cell.testDescription): \(told)")
        #expect(took < cell.timeout + .seconds(3), "\(cell.testDescription)")
    }

    /// What the program ends with (`ExitStatus` in the command line).
    private static func status(_ verdict: Verdict) -> Int {
        switch verdict {
        case .ready, .readyWithWarnings: 0
        case .actionNeeded: 1
        case .cannotTell: 2
        }
    }

    private func usualPort(_ service: MailService, _ security: ConnectionSecurity) -> Int {
        switch (service, security) {
        case (.smtp, .starttls): 587
        case (.smtp, .tls): 465
        case (.imap, .starttls): 143
        case (.imap, .tls): 993
        }
    }

    private var soundEndpoint: Endpoint {
        let service: MailService = cell.service == .smtp ? .imap : .smtp
        return Endpoint(
            service: service, host: Self.soundHost, port: usualPort(service, .tls), security: .tls)
    }

    private var zone: [String] {
        ["small.test MX 10 \(Self.soundHost)"]
            + (cell.script == nil && cell.isNamed ? ["\(Self.host) A 127.77.99.99"] : [])
            + (cell.isNamed ? [] : ["elsewhere.small.test A 127.77.99.98"])
    }

    private static func soundSite(_ endpoint: Endpoint, _ authority: CertificateAuthority) throws -> LoopbackSite {
        let user = MailBehaviourUser(username: "jane@small.test", password: password)
        let certificate = try authority.issue(CertificateRequest(names: [soundHost]))
        let peer = MailPeer(
            MailBehaviour(endpoint.service, users: [user]), tls: PeerTLS(certificate, isImplicit: true))
        return LoopbackSite(host: soundHost, port: endpoint.port, peer: peer)
    }

    private static func tls(_ cell: FaultCell, _ authority: CertificateAuthority) throws -> PeerTLS? {
        let names = [host]
        let certificate: IssuedCertificate
        switch cell.identity {
        case .none: return nil
        case .good: certificate = try authority.issue(CertificateRequest(names: names))
        case .expired: certificate = try authority.issue(.expired(names: names))
        case .notYetValid: certificate = try authority.issue(.notYetValid(names: names))
        case .selfSigned: certificate = try authority.issue(CertificateRequest(names: names, issuerIsSelf: true))
        case .unknownIssuer:
            certificate = try CertificateAuthority(commonName: "Nobody's CA").issue(CertificateRequest(names: names))
        case .issuedBy(let name):
            certificate = try CertificateAuthority(commonName: name).issue(CertificateRequest(names: names))
        case .incompleteChain:
            var issued = try authority.intermediate(commonName: "Between CA").issue(CertificateRequest(names: names))
            issued.intermediatesPEM = ""
            certificate = issued
        case .named(let name): certificate = try authority.issue(CertificateRequest(names: [name]))
        }
        return PeerTLS(certificate, isImplicit: cell.security == .tls, maximumVersion: cell.newestTLS)
    }

    /// The password is nowhere, and no more logins were sent than allowed.
    func expectNoLeak(_ run: Run) {
        let encoded = Data("\0jane@small.test\0\(Self.password)".utf8).base64EncodedString()
        let shown = "\(run.diagnosis)"
        for secret in [Self.password, encoded, Data(Self.password.utf8).base64EncodedString()] {
            #expect(!shown.contains(secret), "\(cell.testDescription)")
        }
        let logins = run.received.filter { $0.contains("AUTH") || $0.contains(" LOGIN ") }
        #expect(logins.count <= (cell.loginAllowed ? 1 : 0), "\(cell.testDescription): \(logins.count) logins")
    }
}

import Foundation
import MailConnect
import MailLoopback
import MailModel
import Testing

/// One server that does something wrong: the dialogue it plays, and what must be told of it.
struct FaultyPeer: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var service: MailService
    var isImplicit = false
    var certificate: String?
    var script: String
    /// Stage and cause; the side is always the service's own.
    var told: [String]
    var verdict = Verdict.actionNeeded
    /// Whether a login may have been sent: only where TLS was in order and a login offered.
    var loginAllowed = false
}

@Suite("Servers that do something wrong")
struct FaultyPeerTests {
    private static let password = "Tr0mbone-in-the-attic"

    private static let smtpStart = """
        S: 220 mail.small.test ESMTP
        C: EHLO *
        S: 250-mail.small.test
        S: 250 STARTTLS
        C: STARTTLS

        """
    private static let smtpSecured =
        smtpStart + """
            S: 220 go ahead
            ! tls
            C: EHLO *
            S: 250-mail.small.test
            S: 250 AUTH PLAIN LOGIN

            """
    private static let imapReady = """
        S: * OK ready
        C: * CAPABILITY
        S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED
        S: {tag} OK done

        """

    static let smtpPeers: [FaultyPeer] = [
        FaultyPeer(
            testDescription: "silent from the start", service: .smtp, script: "! silence",
            told: ["greeting connect_timeout"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "closes at once", service: .smtp, script: "! close", told: ["greeting server_busy"],
            verdict: .cannotTell),
        FaultyPeer(
            testDescription: "resets in the middle", service: .smtp, script: "S: 220 hi\nC: EHLO *\n! reset",
            told: ["capabilities server_busy"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "is busy", service: .smtp, script: "S: 421 4.3.2 try again later",
            told: ["greeting server_busy"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "speaks IMAP", service: .smtp, script: "S: * OK IMAP4rev1 ready",
            told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "speaks HTTP", service: .smtp, script: "S: HTTP/1.1 400 Bad Request",
            told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "a line without end", service: .smtp,
            script: "! flood 700 \(String(repeating: "x", count: 900))", told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "a reply without end", service: .smtp, script: "! flood 5000 220-mail.small.test",
            told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "no STARTTLS", service: .smtp,
            script: "S: 220 hi\nC: EHLO *\nS: 250-mail\nS: 250 AUTH PLAIN LOGIN\nC: QUIT\nS: 221 bye",
            told: ["tls starttls_stripped"]),
        FaultyPeer(
            testDescription: "TLS not available", service: .smtp,
            script: smtpStart + "S: 454 4.7.0 TLS not available\nC: QUIT", told: ["tls server_busy"],
            verdict: .cannotTell),
        FaultyPeer(
            testDescription: "hangs up in the handshake", service: .smtp,
            script: smtpStart + "S: 220 go ahead\n! close", told: ["tls protocol_mismatch"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "clear text for ever after STARTTLS", service: .smtp,
            script: smtpStart + "S: 220 go ahead\n! flood 3000 250 all is well, send your password\n! silence",
            told: ["tls protocol_mismatch"]),
        FaultyPeer(
            testDescription: "no login offered", service: .smtp,
            script: smtpStart + "S: 220 go\n! tls\nC: EHLO *\nS: 250 mail\nC: QUIT", told: ["auth wrong_port"]),
        FaultyPeer(
            testDescription: "tokens only", service: .smtp,
            script: smtpStart + "S: 220 go\n! tls\nC: EHLO *\nS: 250-mail\nS: 250 AUTH XOAUTH2\nC: QUIT",
            told: ["auth oauth_required"]),
        FaultyPeer(
            testDescription: "silent at the login", service: .smtp, script: smtpSecured + "C: AUTH *\n! silence",
            told: ["auth connect_timeout"], verdict: .cannotTell, loginAllowed: true),
        FaultyPeer(
            testDescription: "hangs up at the login", service: .smtp, script: smtpSecured + "C: AUTH *\n! close",
            told: ["auth server_busy"], verdict: .cannotTell, loginAllowed: true),
        FaultyPeer(
            testDescription: "challenges without end", service: .smtp,
            script: smtpSecured + "C: AUTH *\n[again]\nS: 334 \nC: *\n! goto again", told: ["auth protocol_mismatch"],
            loginAllowed: true),
        FaultyPeer(
            testDescription: "echoes what it was sent", service: .smtp,
            script: smtpSecured + "C: AUTH *\nS: 535 5.7.8 wrong: \(password)", told: ["auth bad_credentials"],
            loginAllowed: true),
        FaultyPeer(
            testDescription: "expired certificate", service: .smtp, certificate: "expired",
            script: smtpSecured + "C: QUIT", told: ["tls cert_expired"]),
        FaultyPeer(
            testDescription: "self-signed certificate", service: .smtp, certificate: "self",
            script: smtpSecured + "C: QUIT", told: ["tls cert_invalid"]),
        FaultyPeer(
            testDescription: "another's certificate", service: .smtp, certificate: "other.test",
            script: smtpSecured + "C: QUIT", told: ["tls cert_name_mismatch"]),
        FaultyPeer(
            testDescription: "clear text on a TLS port", service: .smtp, isImplicit: true,
            script: "S: 220 hi\n! silence", told: ["tls wrong_port"]),
    ]

    static let imapPeers: [FaultyPeer] = [
        FaultyPeer(
            testDescription: "silent from the start", service: .imap, script: "! silence",
            told: ["greeting connect_timeout"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "says goodbye", service: .imap, script: "S: * BYE [UNAVAILABLE] overloaded",
            told: ["greeting server_busy"], verdict: .cannotTell),
        FaultyPeer(
            testDescription: "speaks SMTP", service: .imap, script: "S: 220 hi", told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "greets with PREAUTH in clear", service: .imap, script: "S: * PREAUTH welcome",
            told: ["greeting protocol_mismatch"]),
        FaultyPeer(
            testDescription: "a wrong tag", service: .imap, script: imapReady + "C: * STARTTLS\nS: zz9 OK go",
            told: ["tls protocol_mismatch"]),
        FaultyPeer(
            testDescription: "speaks another IMAP", service: .imap,
            script: imapReady
                + "C: * STARTTLS\nS: {tag} OK go\n! tls\nC: * CAPABILITY\nS: * CAPABILITY IMAP4 AUTH=PLAIN\nS: {tag} OK done\nC: *",
            told: ["capabilities protocol_mismatch", "capabilities capabilities_changed"]),
        FaultyPeer(
            testDescription: "refuses STARTTLS", service: .imap, script: imapReady + "C: * STARTTLS\nS: {tag} BAD what",
            told: ["tls unknown_reply"]),
        FaultyPeer(
            testDescription: "wrong password in its own words", service: .imap,
            script: imapReady
                + "C: * STARTTLS\nS: {tag} OK go\n! tls\nC: * CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: {tag} OK done\nC: * LOGIN *\nS: {tag} NO [AUTHENTICATIONFAILED] \(password) is wrong\nC: *",
            told: ["auth bad_credentials"], loginAllowed: true),
    ]

    @Test("SMTP", arguments: smtpPeers) func submission(_ peer: FaultyPeer) async throws { try await check(peer) }

    @Test("IMAP", arguments: imapPeers) func mailbox(_ peer: FaultyPeer) async throws { try await check(peer) }

    private func check(_ peer: FaultyPeer) async throws {
        let port = peer.isImplicit ? 465 : peer.service == .smtp ? 587 : 143
        let security: ConnectionSecurity = peer.isImplicit ? .tls : .starttls
        let endpoint = Endpoint(service: peer.service, host: "mail.small.test", port: port, security: security)
        let script = try Dialogue(peer.script + "\n")
        nonisolated(unsafe) var server: MailPeer?
        let internet = try await SmallInternet(
            sites: { authority in
                let tls = PeerTLS(try Self.certificate(peer.certificate, authority), isImplicit: false)
                let made = MailPeer(script: script, tls: tls)
                server = made
                return [LoopbackSite(host: endpoint.host, port: port, peer: made)]
            }, zone: ["small.test MX 10 mail.small.test"])
        let other = Endpoint(
            service: peer.service == .smtp ? .imap : .smtp, host: "absent.small.test", port: 1, security: .tls)
        let diagnosis = try await internet.diagnose(
            "jane@small.test", password: Self.password,
            timeout: peer.script.contains("! silence") ? .seconds(20) : .seconds(60)
        ) {
            $0.smtpEndpoint = peer.service == .smtp ? endpoint : other
            $0.imapEndpoint = peer.service == .imap ? endpoint : other
        }
        await internet.stop()
        let own = diagnosis.findings.filter { $0.service == peer.service && $0.id != .plaintextInjection }
        #expect(own.map { "\($0.stage?.rawValue ?? "-") \($0.id)" } == peer.told, "\(own.map(\.summary))")
        #expect(VerdictKind.of(own) == peer.verdict)
        try expectNoLeak(diagnosis, server, loginAllowed: peer.loginAllowed)
    }

    private static func certificate(_ kind: String?, _ authority: CertificateAuthority) throws -> IssuedCertificate {
        switch kind {
        case nil: try authority.issue(CertificateRequest(names: ["mail.small.test"]))
        case "expired"?: try authority.issue(.expired(names: ["mail.small.test"]))
        case "self"?: try authority.issue(CertificateRequest(names: ["mail.small.test"], issuerIsSelf: true))
        case let name?: try authority.issue(CertificateRequest(names: [name]))
        }
    }

    private func expectNoLeak(_ diagnosis: Diagnosis, _ server: MailPeer?, loginAllowed: Bool) throws {
        let encoded = Data("\0jane@small.test\0\(Self.password)".utf8).base64EncodedString()
        let shown = "\(diagnosis)"
        for secret in [Self.password, encoded, Data(Self.password.utf8).base64EncodedString()] {
            #expect(!shown.contains(secret))
        }
        let logins = try #require(server).received.filter { $0.contains("AUTH ") || $0.contains(" LOGIN ") }
        #expect(logins.count <= (loginAllowed ? 1 : 0))
    }
}

/// What a set of findings comes to by itself.
private enum VerdictKind {
    static func of(_ findings: [Finding]) -> Verdict {
        findings.contains { $0.severity == .error && $0.retry == .no } ? .actionNeeded : .cannotTell
    }
}

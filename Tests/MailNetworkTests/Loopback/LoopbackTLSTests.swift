import Foundation
import MailLoopback
import MailModel
import MailNetwork
import Testing

/// TLS at peers, seen by our client and by `openssl s_client`.
@Suite struct LoopbackTLSTests {
    static let startTLS = "S: 220 hi\nC: STARTTLS\nS: 220 go\n! tls\nC: NOOP\nS: 250 inside\n! close"

    /// A certificate and what our client must find.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: CertificateRequest
        var isTrusted: Bool
        var matches: Bool
    }

    static let cases = [
        Case(
            testDescription: "good", request: CertificateRequest(names: ["mail.example.test"]), isTrusted: true,
            matches: true),
        Case(
            testDescription: "wrong name", request: CertificateRequest(names: ["other.example.test"]), isTrusted: true,
            matches: false),
        Case(
            testDescription: "expired", request: .expired(names: ["mail.example.test"]), isTrusted: false,
            matches: true),
        Case(
            testDescription: "not yet valid", request: .notYetValid(names: ["mail.example.test"]), isTrusted: false,
            matches: true),
        Case(
            testDescription: "self-signed",
            request: CertificateRequest(names: ["mail.example.test"], issuerIsSelf: true), isTrusted: false,
            matches: true),
    ]

    @Test(arguments: cases, [true, false]) func verified(_ item: Case, implicit: Bool) async throws {
        let authority = try CertificateAuthority()
        let script = implicit ? "S: 220 hi\nC: NOOP\nS: 250 inside" : Self.startTLS
        let server = MailPeer(
            script: try Dialogue(script), tls: try authority.issue(item.request), implicitTLS: implicit)
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            if !implicit {
                #expect(try await client.line() == "220 hi")
                #expect(try await client.ask("STARTTLS") == "220 go")
            }
            let facts = try await client.startTLS(authority, afterStartTLS: !implicit)
            #expect((facts.chain == .trusted) == item.isTrusted)
            #expect(facts.hostNameMatches == item.matches)
            #expect(facts.discardedPlaintext == 0)
            if implicit { #expect(try await client.line() == "220 hi") }
            #expect(try await client.ask("NOOP") == "250 inside")
        }
        #expect(server.record.handshakes == 1)
    }

    @Test func injectionIsInTheSameWrite() async throws {
        let authority = try CertificateAuthority()
        let script = try Dialogue("C: STARTTLS\nS: 220 go\n! inject 250 injected\n! tls\nC: NOOP\nS: 250 inside")
        let tls = try authority.issue(CertificateRequest(names: ["mail.example.test"]))
        try await serving(MailPeer(script: script, tls: tls, implicitTLS: false)) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask("STARTTLS") == "220 go")
            #expect(await client.unread == "250 injected\r\n")
            _ = try await client.line()
            _ = try await client.startTLS(authority, afterStartTLS: true)
            #expect(try await client.ask("NOOP") == "250 inside")
        }
    }

    @Test func whatTheClientSentAheadIsThrownAway() async throws {
        let authority = try CertificateAuthority()
        let tls = try authority.issue(CertificateRequest(names: ["mail.example.test"]))
        let server = MailPeer(script: try Dialogue(Self.startTLS), tls: tls, implicitTLS: false)
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            await client.say("STARTTLS\r\nRSET")
            _ = try await client.lines(upTo: "220 go")
            _ = try await client.startTLS(authority, afterStartTLS: true)
            #expect(try await client.ask("NOOP") == "250 inside")
        }
        #expect(server.record.octetsAfterStartTLS == 6)
        #expect(server.received == ["STARTTLS", "NOOP"])
    }

    @Test func oldVersionFails() async throws {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(CertificateRequest(names: ["mail.example.test"]))
        let tls = PeerTLS(certificate, isImplicit: true, maximumVersion: TLSVersion("TLSv1.1"))
        let server = MailPeer(script: try Dialogue("S: hi"), tls: tls)
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            await #expect(throws: HandshakeError.self) { try await client.startTLS(authority) }
        }
        #expect(server.record.handshakes == 0)
    }

    @Test(arguments: [("TLSv1.2", "TLSv1.2"), ("TLSv1.3", "TLSv1.3")]) func version(_ maximum: String, _ agreed: String)
        async throws
    {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(CertificateRequest(names: ["mail.example.test"]))
        let tls = PeerTLS(certificate, isImplicit: true, maximumVersion: TLSVersion(maximum))
        try await serving(MailPeer(script: try Dialogue("S: hi\n! silence"), tls: tls)) { port throws in
            let facts = try await LoopbackClient.connect(port).startTLS(authority)
            #expect(facts.version.description == agreed)
        }
    }

    @Test func aPeerWithoutTLSCloses() async throws {
        let server = MailPeer(script: try Dialogue("C: STARTTLS\nS: 220 go\n! tls\nS: never"), tls: nil)
        try await serving(server) { port throws in
            let client = try await LoopbackClient.connect(port)
            #expect(try await client.ask("STARTTLS") == "220 go")
            #expect(await client.rest().octets == [])
        }
    }

    @Test func wrongKeyIsAnErrorAtTheStart() async throws {
        let authority = try CertificateAuthority()
        var certificate = try authority.issue(CertificateRequest(names: ["a.test"]))
        certificate.privateKeyPEM = try authority.issue(CertificateRequest(names: ["b.test"])).privateKeyPEM
        let server = MailPeer(script: try Dialogue("S: hi"), tls: certificate, implicitTLS: true)
        let error = await #expect(throws: LoopbackError.self) { try await server.start() }
        #expect(error?.kind == .badCertificate)
    }

    /// `openssl s_client` does the STARTTLS by itself and judges the certificate.
    @Test(arguments: [("mail.example.test", true), ("other.example.test", false)], ["smtp", "imap"])
    func anotherClient(_ name: (asked: String, isGood: Bool), _ service: String) async throws {
        let authority = try CertificateAuthority()
        let tls = PeerTLS(try authority.issue(CertificateRequest(names: ["mail.example.test"])))
        let peer = MailPeer(MailBehaviour(service == "smtp" ? .smtp : .imap), tls: tls)
        let result = try await serving(peer) { port throws in
            try await LoopbackTool.withFiles([authority.certificatePEM]) {
                try await LoopbackTool.run(
                    "openssl",
                    [
                        "s_client", "-connect", "127.0.0.1:\(port)", "-starttls", service, "-CAfile", $0[0],
                        "-verify_hostname", name.asked, "-verify_return_error", "-brief",
                    ], input: "")
            }
        }
        #expect(result.output.contains("Verification: OK") == name.isGood, "\(result.output)")
        #expect((result.status == 0) == name.isGood, "\(result.output)")
    }
}

import Foundation
import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

@Suite("TLS in memory: what is seen of a certificate")
struct HandshakeTests {
    private static let authority = Result { () throws(CertificateError) in try CertificateAuthority() }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: CertificateRequest
        var host = "mail.example.test"
        var trusted: Bool
        var matches: Bool
    }

    static let rows: [Row] = [
        Row(
            testDescription: "right", request: CertificateRequest(names: ["mail.example.test"]), trusted: true,
            matches: true),
        Row(
            testDescription: "wildcard", request: CertificateRequest(names: ["*.example.test"]), trusted: true,
            matches: true),
        Row(
            testDescription: "a wildcard covers one label", request: CertificateRequest(names: ["*.test"]),
            trusted: true,
            matches: false),
        Row(
            testDescription: "a partial wildcard is none", request: CertificateRequest(names: ["ma*.example.test"]),
            trusted: true, matches: false),
        Row(
            testDescription: "another name", request: CertificateRequest(names: ["other.example.test"]), trusted: true,
            matches: false),
        Row(
            testDescription: "the common name does not count",
            request: CertificateRequest(names: ["other.example.test"], commonName: "mail.example.test"), trusted: true,
            matches: false),
        Row(
            testDescription: "an address", request: CertificateRequest(names: [], addresses: ["127.0.0.1"]),
            host: "127.0.0.1", trusted: true, matches: true),
        Row(testDescription: "expired", request: .expired(names: ["mail.example.test"]), trusted: false, matches: true),
        Row(
            testDescription: "not valid yet", request: .notYetValid(names: ["mail.example.test"]), trusted: false,
            matches: true),
        Row(
            testDescription: "self-signed",
            request: CertificateRequest(names: ["mail.example.test"], issuerIsSelf: true), trusted: false, matches: true
        ),
    ]

    @Test(arguments: rows)
    func factsAreRecordedAndNothingIsBrokenOff(_ row: Row) throws {
        let certificate = try Self.authority.get().issue(row.request)
        let facts = try handshake(certificate, host: row.host)
        #expect((facts.chain == .trusted) == row.trusted)
        #expect(facts.hostNameMatches == row.matches)
        #expect(facts.version == .v1_3)
        #expect(facts.certificates.first?.dnsNames == row.request.names)
        #expect((VerifiedChannel(facts) != nil) == (row.trusted && row.matches))
    }

    @Test func anOldVersionIsNamed() throws {
        let certificate = try Self.authority.get().issue(CertificateRequest(names: ["mail.example.test"]))
        #expect(throws: Refused(failure: .unsupportedVersion)) {
            try handshake(certificate, host: "mail.example.test", maximum: TLSVersion("TLSv1.1"))
        }
    }

    private struct Refused: Error, Equatable { var failure: TLSFailure }

    /// Carries octets between a client and a server until both are through.
    private func handshake(
        _ certificate: IssuedCertificate, host: String, maximum: TLSVersion? = nil
    ) throws -> TLSFacts {
        let file = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try Data(try Self.authority.get().certificatePEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let name = IPAddress(host) == nil ? host : nil
        let client = try TLSEngine(.client(try TLSClientContext(caFile: file.path), serverName: name))
        let server = try TLSEngine(
            .server(
                try TLSServerContext(
                    certificateChainPEM: certificate.chainPEM, privateKeyPEM: certificate.privateKeyPEM,
                    maximumVersion: maximum)))
        for _ in 0..<10 {
            if case .completed = client.handshake() { return client.facts(host: host, discardedPlaintext: 0) }
            server.receive(client.takeOutput())
            _ = server.handshake()
            client.receive(server.takeOutput())
            if case .failed(let failure) = client.handshake() { throw Refused(failure: failure) }
        }
        throw Refused(failure: .closed)
    }
}

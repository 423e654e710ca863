import Foundation
import MailLoopback
import MailModel
import Testing

@testable import MailNetwork

/// What is trusted, for mail and for HTTPS by the same rules.
@Suite("Trust: cross-signed chains, names, settings from outside")
struct TrustTests {
    /// A chain whose authority has two certificates: one leads to the trusted root, one to a stranger.
    struct Chain: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var order: [Twin]
        var trusted: Bool
    }

    enum Twin: Sendable { case trusted, stranger, otherStranger }

    static let chains = [
        Chain(testDescription: "the trusted one alone", order: [.trusted], trusted: true),
        Chain(testDescription: "the stranger's alone", order: [.stranger], trusted: false),
        Chain(testDescription: "the trusted one first", order: [.trusted, .stranger], trusted: true),
        Chain(testDescription: "the stranger's first", order: [.stranger, .trusted], trusted: true),
        Chain(testDescription: "the third of three", order: [.stranger, .otherStranger, .trusted], trusted: true),
        Chain(testDescription: "strangers only", order: [.stranger, .otherStranger], trusted: false),
        Chain(testDescription: "the same stranger's twice", order: [.stranger, .stranger], trusted: false),
    ]

    @Test(arguments: chains) func crossSigned(_ row: Chain) async throws {
        let (certificate, root) = try Self.issued(row.order)
        try await Self.withFile(root.certificatePEM) { file throws in
            let facts = try Self.handshake(certificate, caFile: file)
            #expect((facts.chain == .trusted) == row.trusted)
            #expect((VerifiedChannel(facts) != nil) == row.trusted)
            #expect(try await Self.fetched(certificate, caFile: file) == (row.trusted ? nil : .tls))
        }
    }

    /// A server that sends twins of twins must not keep us computing: at most sixteen ways are tried.
    @Test func manyTwinsEnd() async throws {
        let (certificate, root) = try Self.issued(
            Array(repeating: [Twin.stranger, .otherStranger], count: 12).flatMap { $0 })
        try await Self.withFile(root.certificatePEM) { file throws in
            #expect(try Self.handshake(certificate, caFile: file).chain != .trusted)
        }
    }

    struct Name: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: CertificateRequest
        var isTaken: Bool
    }

    @Test(arguments: [
        Name(testDescription: "named", request: CertificateRequest(names: ["mail.example.test"]), isTaken: true),
        Name(
            testDescription: "a common name and no alternative names",
            request: CertificateRequest(names: [], commonName: "mail.example.test"), isTaken: false),
        Name(
            testDescription: "a common name beside another name",
            request: CertificateRequest(names: ["other.example.test"], commonName: "mail.example.test"),
            isTaken: false),
        Name(
            testDescription: "a partial wildcard", request: CertificateRequest(names: ["ma*.example.test"]),
            isTaken: false),
    ]) func namesCountForHTTPSAsForMail(_ row: Name) async throws {
        let authority = try CertificateAuthority()
        let certificate = try authority.issue(row.request)
        try await Self.withFile(authority.certificatePEM) { file throws in
            #expect(try Self.handshake(certificate, caFile: file).hostNameMatches == row.isTaken)
            #expect(try await Self.fetched(certificate, caFile: file) == (row.isTaken ? nil : .tls))
        }
    }

    // MARK: - Peers

    private static func issued(_ order: [Twin]) throws -> (IssuedCertificate, CertificateAuthority) {
        let root = try CertificateAuthority(commonName: "Root")
        let strangers = [
            try CertificateAuthority(commonName: "Stranger"), try CertificateAuthority(commonName: "Other"),
        ]
        let middle = try root.intermediate(commonName: "Middle")
        let twins: [Twin: String] = [
            .trusted: middle.certificatePEM,
            .stranger: try middle.certificate(signedBy: strangers[0], commonName: "Middle"),
            .otherStranger: try middle.certificate(signedBy: strangers[1], commonName: "Middle"),
        ]
        var certificate = try middle.issue(CertificateRequest(names: ["mail.example.test"]))
        certificate.intermediatesPEM = order.compactMap { twins[$0] }.joined()
        return (certificate, root)
    }

    private static func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await body(file.path)
    }

    private static func handshake(_ certificate: IssuedCertificate, caFile: String) throws -> TLSFacts {
        let client = try TLSEngine(.client(try TLSClientContext(caFile: caFile), serverName: "mail.example.test"))
        let server = try TLSEngine(
            .server(
                try TLSServerContext(
                    certificateChainPEM: certificate.chainPEM, privateKeyPEM: certificate.privateKeyPEM)))
        for _ in 0..<20 {
            if case .completed = client.handshake() {
                return client.facts(host: "mail.example.test", discardedPlaintext: 0)
            }
            server.receive(client.takeOutput())
            _ = server.handshake()
            client.receive(server.takeOutput())
        }
        throw CancellationError()
    }

    /// What stopped an HTTPS request to a server with this certificate; nil when an answer came.
    private static func fetched(
        _ certificate: IssuedCertificate, caFile: String
    ) async throws -> HTTPFailure.Kind? {
        try await serving(RegistrationPeer(certificate: certificate)) { port throws in
            let client = try CurlHTTPClient(resolver: HTTPLab.Names(), caFile: caFile, userAgent: "test")
            let request = HTTPRequest(method: "GET", url: "https://mail.example.test:\(port)/", maximumRedirects: 0)
            do throws(HTTPFailure) {
                _ = try await client.send(request)
                return nil
            } catch {
                return error.kind
            }
        }
    }
}

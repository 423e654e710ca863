import Foundation
import MailLoopback
import Testing

/// The authority against `openssl verify`, which knows nothing of ours.
@Suite struct LoopbackCertificateTests {
    /// What is asked for, how it is checked, and whether it must hold.
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var request: CertificateRequest
        var checks: [String]
        /// The number of `X509_V_ERR_*` that must be named; 0 for a good certificate.
        var error: Int

        var testDescription: String { title }
    }

    static let cases = [
        Case(
            title: "good name", request: CertificateRequest(names: ["smtp.example.test"]),
            checks: ["-verify_hostname", "smtp.example.test"], error: 0),
        Case(
            title: "second name", request: CertificateRequest(names: ["a.example.test", "b.example.test"]),
            checks: ["-verify_hostname", "b.example.test"], error: 0),
        Case(
            title: "wildcard", request: CertificateRequest(names: ["*.example.test"]),
            checks: ["-verify_hostname", "imap.example.test"], error: 0),
        Case(
            title: "IPv4 address", request: CertificateRequest(names: [], addresses: ["127.0.0.1"]),
            checks: ["-verify_ip", "127.0.0.1"], error: 0),
        Case(
            title: "IPv6 address", request: CertificateRequest(names: [], addresses: ["::1"]),
            checks: ["-verify_ip", "::1"], error: 0),
        Case(
            title: "wrong name", request: CertificateRequest(names: ["smtp.example.test"]),
            checks: ["-verify_hostname", "imap.example.test"], error: 62),
        Case(
            title: "common name does not count",
            request: CertificateRequest(names: ["smtp.example.test"], commonName: "imap.example.test"),
            checks: ["-verify_hostname", "imap.example.test"], error: 62),
        Case(
            title: "wrong address", request: CertificateRequest(names: [], addresses: ["127.0.0.1"]),
            checks: ["-verify_ip", "127.0.0.2"], error: 64),
        Case(title: "expired", request: .expired(names: ["smtp.example.test"]), checks: [], error: 10),
        Case(title: "not yet valid", request: .notYetValid(names: ["smtp.example.test"]), checks: [], error: 9),
        Case(
            title: "self-signed",
            request: CertificateRequest(names: ["smtp.example.test"], issuerIsSelf: true), checks: [], error: 18),
    ]

    @Test(arguments: cases) func verified(_ item: Case) async throws {
        let authority = try CertificateAuthority()
        let issued = try authority.issue(item.request)
        let result = try await LoopbackTool.withFiles([authority.certificatePEM, issued.certificatePEM]) {
            try await LoopbackTool.run(
                "openssl",
                ["verify", "-purpose", "sslserver", "-x509_strict", "-CAfile", $0[0]] + item.checks + [$0[1]])
        }
        #expect((result.status == 0) == (item.error == 0), "\(result.output)")
        if item.error != 0 { #expect(result.output.contains("error \(item.error) at"), "\(result.output)") }
    }

    @Test func otherAuthorityDoesNotVerify() async throws {
        let issued = try CertificateAuthority().issue(CertificateRequest(names: ["smtp.example.test"]))
        let other = try CertificateAuthority()
        let result = try await LoopbackTool.withFiles([other.certificatePEM, issued.certificatePEM]) {
            try await LoopbackTool.run("openssl", ["verify", "-CAfile", $0[0], $0[1]])
        }
        #expect(result.status != 0)
    }

    @Test(arguments: [true, false]) func intermediate(_ presented: Bool) async throws {
        let root = try CertificateAuthority()
        var issued = try root.intermediate(commonName: "loopback intermediate")
            .issue(CertificateRequest(names: ["smtp.example.test"]))
        if !presented { issued.intermediatesPEM = "" }
        let result = try await LoopbackTool.withFiles([root.certificatePEM, issued.chainPEM]) {
            try await LoopbackTool.run("openssl", ["verify", "-CAfile", $0[0], "-untrusted", $0[1], $0[1]])
        }
        #expect((result.status == 0) == presented, "\(result.output)")
    }

    @Test(arguments: ["a.test,DNS:b.test", "\u{1B}[31mred.test", "a.test\0b.test", ""])
    func hostileNameKeepsItsOctets(_ name: String) throws {
        let issued = try CertificateAuthority().issue(CertificateRequest(names: [name], commonName: "hostile"))
        let body = issued.certificatePEM.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        let encoded = try #require(Data(base64Encoded: body))
        // A dNSName is [2] IA5String: tag 0x82, then the length.
        #expect(encoded.firstRange(of: [0x82, UInt8(name.utf8.count)] + Data(name.utf8)) != nil)
    }

    @Test func badAddressIsAnError() throws {
        let authority = try CertificateAuthority()
        let failure = #expect(throws: CertificateError.self) {
            try authority.issue(CertificateRequest(names: [], addresses: ["localhost"]))
        }
        #expect(failure?.step == "read address")
        #expect(throws: CertificateError.self) {
            try CertificateAuthority(commonName: String(repeating: "x", count: 65))
        }
    }

    @Test func keyIsNotPrinted() throws {
        let issued = try CertificateAuthority().issue(CertificateRequest(names: ["smtp.example.test"]))
        #expect(!"\(issued)".contains("PRIVATE KEY"))
    }
}

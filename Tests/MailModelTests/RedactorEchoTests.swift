import Foundation
import MailModel
import Testing

/// What a server makes of a secret that it gives back.
@Suite("An echo of a secret is found however it was written")
struct RedactorEchoTests {
    private static let secret = "Tr0ub4dor&3xyz"
    private static let redactor = Redactor(secrets: [Secret(secret)], usernames: ["jane@example.com"])

    private static func octets(_ text: String, _ write: (UInt8) -> String, _ separator: String = "") -> String {
        text.utf8.map(write).joined(separator: separator)
    }

    private static func hex(_ octet: UInt8, _ digits: String = "%02x") -> String { String(format: digits, octet) }

    private static func base64(_ data: Data) -> String { data.base64EncodedString() }

    struct Echo: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var testDescription: String { name }
    }

    static let escapes: [Echo] = [
        Echo(name: "percent, each character", text: octets(secret) { "%" + hex($0, "%02X") }),
        Echo(name: "percent in small letters", text: octets(secret) { "%" + hex($0) }),
        Echo(name: "percent twice", text: octets(secret) { "%25" + hex($0) }),
        Echo(name: "decimal references", text: octets(secret) { "&#\($0);" }),
        Echo(name: "hexadecimal references", text: octets(secret) { "&#x" + hex($0) + ";" }),
        Echo(name: "long references", text: octets(secret) { "&#x" + hex($0, "%04X") + ";" }),
        Echo(name: "a named reference", text: "Tr0ub4dor&amp;3xyz"),
        Echo(name: "a named reference twice", text: "Tr0ub4dor&amp;amp;3xyz"),
        Echo(name: "quoted-printable", text: octets(secret) { "=" + hex($0, "%02X") }),
        Echo(name: "quoted-printable where it must be", text: "Tr0ub4dor=263xyz"),
        Echo(name: "a soft line break", text: "Tr0ub4d=\r\nor&3xyz"),
        Echo(name: "JSON, each character", text: octets(secret) { "\\u" + hex($0, "%04x") }),
        Echo(name: "JSON in capitals", text: octets(secret) { "\\u" + hex($0, "%04X") }),
        Echo(name: "JSON in JSON", text: "Tr0ub4dor\\\\u00263xyz"),
        Echo(name: "Python", text: octets(secret) { "\\x" + hex($0) }),
        Echo(name: "Rust", text: octets(secret) { "\\u{" + hex($0) + "}" }),
        Echo(name: "a needless backslash", text: "Tr0ub4dor\\&3xyz"),
    ]

    static let encodings: [Echo] = [
        Echo(name: "hexadecimal", text: octets(secret) { hex($0) }),
        Echo(name: "hexadecimal in capitals", text: octets(secret) { hex($0, "%02X") }),
        Echo(name: "hexadecimal with colons", text: octets(secret, { hex($0) }, ":")),
        Echo(name: "hexadecimal with blanks", text: octets(secret, { hex($0) }, " ")),
        Echo(name: "hexadecimal with dashes", text: octets(secret, { hex($0, "%02X") }, "-")),
        Echo(name: "hexadecimal of base64", text: octets(base64(Data(secret.utf8))) { hex($0) }),
        Echo(name: "base64", text: base64(Data(secret.utf8))),
        Echo(name: "base64, percent-encoded", text: base64(Data(secret.utf8)).replacing("=", with: "%3D")),
        Echo(name: "base64 of PLAIN", text: base64(Data("\0jane@example.com\0\(secret)".utf8))),
        Echo(name: "base64 of PLAIN, cut", text: String(base64(Data("\0jane\0\(secret)".utf8)).prefix(20))),
        Echo(
            name: "base64url",
            text: base64(Data(("xx>?" + secret).utf8)).replacing("+", with: "-").replacing("/", with: "_")),
        Echo(name: "capitals", text: secret.uppercased()), Echo(name: "small letters", text: secret.lowercased()),
    ]

    static let cuts: [Echo] = [
        Echo(name: "a beginning", text: "Tr0ub4dor"), Echo(name: "half of it", text: "Tr0ub4d"),
        Echo(name: "an end", text: "dor&3xyz"), Echo(name: "folded", text: "Tr0ub4d\r\n or&3xyz"),
        Echo(name: "in groups", text: "Tr0u b4do r&3x yz"), Echo(name: "with dashes", text: "Tr0u-b4do-r&3x-yz"),
        Echo(name: "by tabs", text: "Tr0u\tb4dor&3xyz"),
    ]

    @Test(arguments: escapes + encodings + cuts) func isMasked(_ echo: Echo) {
        #expect(Self.redactor.redact("535 no <\(echo.text)> ok") == "535 no <\(Redactor.mask)> ok")
        let shown = Self.redactor.text("535 no <\(echo.text)> ok".utf8)
        #expect(shown.escaped == "535 no <\(Redactor.mask)> ok")
    }

    /// What fills a blob up, and what says that digits are hexadecimal, holds nothing of the secret.
    @Test func nothingButPaddingIsLeft() {
        let twice = Self.base64(Data(Self.base64(Data(Self.secret.utf8)).utf8))
        let wide = [String.Encoding.utf16LittleEndian, .utf16BigEndian].compactMap { Self.secret.data(using: $0) }
        let prefixed = "0x" + Self.octets(Self.secret) { Self.hex($0) }
        let list = Self.octets(Self.secret, { "0x" + Self.hex($0) }, ", ")
        for text in [twice, prefixed, list] + wide.map(Self.base64) {
            let shown = Self.redactor.redact("(\(text))")
            #expect(["([redacted])", "([redacted]=)", "([redacted]==)", "(0x[redacted])"].contains(shown), "\(shown)")
        }
    }

    /// A secret that a reply folds is masked in each of its lines, and in the reply as people read it.
    @Test(arguments: ["Tr0ub4dor&3xyz", "hunter2", "correct horse battery"]) func linesAreSearchedTogether(
        _ secret: String
    ) {
        let redactor = Redactor(secrets: [Secret(secret)])
        for cut in 1..<secret.count {
            let parts = [String(secret.prefix(cut)), String(secret.dropFirst(cut))]
            let lines = [Array("535-5.7.8 no \(parts[0])".utf8), Array("535 5.7.8 \(parts[1]) is wrong".utf8)]
            let shown = redactor.texts(lines, heads: [10, 10]).map(\.escaped)
            #expect(shown == ["535-5.7.8 no [redacted]", "535 5.7.8 [redacted] is wrong"], "\(cut)")
            let joined = redactor.text(joining: [Array("no \(parts[0])".utf8), Array("\(parts[1]) is wrong".utf8)])
            #expect(joined.escaped == "no [redacted] [redacted] is wrong")
        }
    }

    struct Kept: Sendable, CustomTestStringConvertible {
        var secret: String
        var text: String
        var testDescription: String { "\(secret): \(text)" }
    }

    /// Words that people take for passwords stand in every reply, and a user name is no secret.
    @Test(arguments: [
        Kept(secret: "Password123!", text: "535 Incorrect password, Password is wrong"),
        Kept(secret: "authentication1!", text: "535 5.7.8 Error: authentication failed"),
        Kept(secret: "credentials9", text: "invalid credentials"),
        Kept(secret: "authentications", text: "535 authentication failed"),
        Kept(secret: "Invalid-Login-77", text: "535 Invalid login"),
        Kept(secret: "invalid login 77", text: "535 Invalid login"),
        Kept(secret: "jane.doe2024", text: "550 jane.doe@example.com is unknown"),
        Kept(secret: "smtp.example.com1", text: "at smtp.example.com"),
        Kept(secret: "hunter2", text: "the hunter hunts 2"), Kept(secret: "hunter22", text: "hunt"),
        Kept(secret: "Tr0ub4dor&3xyz", text: "Tr0ub 3xyz"),
        Kept(
            secret: "Tr0ub4dor&3xyz", text: "250-smtp.example.com at your service, [192.0.2.1] SIZE 35882577 8BITMIME"),
    ])
    func ordinaryWordsStay(_ kept: Kept) {
        let names = ["jane.doe@example.com", "jane@smtp.example.com"]
        #expect(Redactor(secrets: [Secret(kept.secret)], usernames: names).redact(kept.text) == kept.text)
    }

    @Test(arguments: [
        Kept(secret: "abcdefghijklmnop", text: "abcdefghij"), Kept(secret: "abcdefghijklmnop", text: "ghijklmnop"),
        Kept(secret: "correct horse battery", text: "correct horse"), Kept(secret: "12345678", text: "123456"),
        Kept(secret: "Gé\"heim-Wört", text: "G\\xe9\\\"heim-W\\xf6rt"),
        Kept(secret: "Gé\"heim", text: "G&eacute;&quot;heim"),
        Kept(secret: String(repeating: "x9Q-", count: 500), text: String(repeating: "x9Q-", count: 8)),
        Kept(secret: "a%41b&c", text: "a%41b&amp;c"), Kept(secret: "deadbeef+x", text: "password=deadbeef%2Bx"),
    ])
    func whatHelpsAGuesserIsMasked(_ part: Kept) {
        let shown = Redactor(secrets: [Secret(part.secret)]).redact("<\(part.text)>")
        #expect(shown == "<[redacted]>" || shown == "<password=[redacted]>", "\(shown)")
    }

    @Test func namesInCertificatesAreMaskedAndWhatWasVerifiedStays() {
        let certificate = CertificateFacts(
            subject: "CN=\(Self.secret)", issuer: "O=x \(Self.secret)",
            dnsNames: ["mail.example.test", "tr0ub4dor&3xyz.test"],
            ipAddresses: [], notBefore: .distantPast, notAfter: .distantFuture, sha256: "00", isSelfIssued: false)
        let facts = TLSFacts(
            version: .v1_3, cipherSuite: "x", alpn: nil, serverName: "mail.example.test", certificates: [certificate],
            chain: .trusted, hostNameMatches: true)
        let redacted = facts.redacted(by: Self.redactor)
        #expect(!"\(redacted)".lowercased().contains("tr0ub"))
        #expect(redacted.certificates[0].dnsNames.first == "mail.example.test")
        #expect(VerifiedChannel(redacted) != nil)
        let failure = TLSFailure.notTLS(firstOctets: ServerText("220 \(Self.secret)")).redacted(by: Self.redactor)
        #expect(failure == .notTLS(firstOctets: ServerText("220 [redacted]")))
    }
}

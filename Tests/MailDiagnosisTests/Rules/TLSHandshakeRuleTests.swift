import MailDiagnosis
import MailModel
import Testing

@Suite("Handshakes that fail")
struct TLSHandshakeRuleTests {
    private static func alert(_ number: Int) -> Failure { .tls(.alert(number: number, name: "alert \(number)")) }

    @Test(arguments: [
        FailureRow(
            "plaintext on a TLS port", Samples.smtps, "tls", .tls, .tls(.notTLS(firstOctets: ServerText("220"))),
            .wrongPort, .actionNeeded),
        FailureRow(
            "another protocol on a TLS port", Samples.smtps, "tls", .tls,
            .tls(.notTLS(firstOctets: ServerText("SSH-2.0"))), .protocolMismatch, .actionNeeded),
        FailureRow(
            "plaintext after STARTTLS", Samples.smtp, "tls", .tls, .tls(.notTLS(firstOctets: ServerText("220"))),
            .protocolMismatch, .actionNeeded),
        FailureRow(
            "old TLS", Samples.imap, "tls", .tls, .tls(.unsupportedVersion), .tlsVersionMismatch, .actionNeeded),
        FailureRow("an alert", Samples.imap, "tls", .tls, alert(80), .protocolMismatch, .actionNeeded),
        FailureRow("nothing in common", Samples.imap, "tls", .tls, alert(40), .tlsVersionMismatch, .actionNeeded),
        FailureRow("too weak", Samples.imap, "tls", .tls, alert(71), .tlsVersionMismatch, .actionNeeded),
        FailureRow("the name is not known", Samples.imap, "tls", .tls, alert(112), .wrongHost, .actionNeeded),
        FailureRow("hangs up", Samples.imap, "tls", .tls, .tls(.closed), .protocolMismatch, .cannotTell),
        FailureRow("anything else", Samples.imap, "tls", .tls, .tls(.other("x")), .protocolMismatch, .actionNeeded),
        FailureRow(
            "a certificate is wanted, after a handshake of TLS 1.3", Samples.imap, "capabilities", .greeting,
            alert(116), .certRequired, .actionNeeded),
        FailureRow(
            "a certificate is wanted, by SSL 3", Samples.imap, "tls", .tls, alert(41), .certRequired, .actionNeeded),
        FailureRow("our certificate is unfit", Samples.smtp, "tls", .tls, alert(42), .certRequired, .actionNeeded),
        FailureRow("our authority is unknown", Samples.smtp, "tls", .tls, alert(48), .certRequired, .actionNeeded),
    ])
    func areTold(_ row: FailureRow) throws { try row.check() }

    @Test func theOtherModeIsNamed() throws {
        let seen = Samples.failed(Samples.smtps, "tls", .tls, .tls(.notTLS(firstOctets: ServerText("220 ready"))))
        let starttls = Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .starttls)
        #expect(try Samples.findings([seen]).first?.remedy.steps == [.useEndpoint(starttls, [])])
    }
}

import MailDiagnosis
import MailModel
import Testing

@Suite("What does not keep to the protocol")
struct ProtocolMismatchRuleTests {
    private static let tlsRecord = ServerText(octets: [0x16, 3, 3, 0, 0x7A])

    @Test(arguments: [
        FailureRow(
            "speaks something else", Samples.smtp, "connect", .greeting,
            .violation(.notSMTP, text: ServerText("HTTP/1.1 400")), .protocolMismatch, .actionNeeded),
        FailureRow(
            "a TLS record for a greeting", Samples.smtp, "connect", .greeting,
            .violation(.notSMTP, text: tlsRecord), .wrongPort, .actionNeeded),
        FailureRow(
            "a TLS record, told by the session", Samples.imap, "capabilities", .greeting,
            .violation(.tlsRecord, text: nil), .wrongPort, .actionNeeded),
        FailureRow(
            "an answer before the question", Samples.smtp, "tls", .tls, .violation(.injectedPlaintext, text: nil),
            .plaintextInjection, .actionNeeded),
        FailureRow(
            "IMAP of another age", Samples.imap, "capabilities", .capabilities,
            .violation(.notIMAP4rev1, text: ServerText("CAPABILITY IMAP2bis")), .protocolMismatch, .actionNeeded),
        FailureRow(
            "an early reply", Samples.smtp, "auth", .auth, .violation(.earlyReply, text: nil), .unsolicitedReply,
            .actionNeeded),
        FailureRow(
            "an early success", Samples.smtp, "auth", .auth, .violation(.earlySuccess, text: nil), .forgedSuccess,
            .actionNeeded),
        FailureRow(
            "a server without the password", Samples.imap, "auth", .auth, .violation(.serverNotProven, text: nil),
            .forgedSuccess, .actionNeeded),
        FailureRow(
            "one that this version does not know", Samples.imap, "auth", .auth,
            .violation(.other("something_new"), text: nil), .protocolMismatch, .actionNeeded),
    ])
    func isTold(_ row: FailureRow) throws { try row.check() }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request", "HTTP"), ("SSH-2.0-OpenSSH_9.2", "SSH"), ("+OK ready", "POP3"),
        ("RFB 003.008", "VNC"),
    ])
    func theForeignProtocolIsNamed(_ greeting: String, _ name: String) throws {
        let seen = Samples.failed(
            Samples.smtp, "connect", .greeting, .violation(.notSMTP, text: ServerText(greeting)))
        #expect(try Samples.findings([seen]).first?.summary.contains("\(name) is spoken there") == true)
    }

    @Test func theVersionsThatAreMissingAreNamed() throws {
        let seen = Samples.failed(
            Samples.imap, "capabilities", .capabilities, .violation(.notIMAP4rev1, text: nil))
        #expect(try Samples.findings([seen]).first?.detail.contains("IMAP4rev1") == true)
    }
}

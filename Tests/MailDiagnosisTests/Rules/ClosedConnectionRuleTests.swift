import MailDiagnosis
import MailModel
import Testing

@Suite("Servers that hang up")
struct ClosedConnectionRuleTests {
    @Test(arguments: [
        FailureRow(
            "at the greeting", Samples.smtp, "connect", .greeting, .closed(reset: false, lastWords: nil), .serverBusy,
            .cannotTell),
        FailureRow(
            "with a reset at the login", Samples.imap, "auth", .auth, .closed(reset: true, lastWords: nil),
            .serverBusy, .cannotTell),
        FailureRow(
            "after a TLS alert in place of a greeting", Samples.smtp, "connect", .greeting,
            .closed(reset: false, lastWords: ServerText(octets: [0x15, 3, 1, 0, 2, 2, 10])), .wrongPort,
            .actionNeeded),
        FailureRow(
            "after such octets where TLS is in place already", Samples.imap, "capabilities", .greeting,
            .closed(reset: false, lastWords: ServerText(octets: [0x15, 3, 1, 0, 2, 2, 10])), .serverBusy, .cannotTell),
    ])
    func areTold(_ row: FailureRow) throws {
        let finding = try row.check()
        guard finding.id == .wrongPort else { return }
        #expect(
            finding.remedy.steps == [
                .useEndpoint(
                    Endpoint(service: .smtp, host: "smtp.example.com", port: 587, security: .tls), [])
            ])
    }
}

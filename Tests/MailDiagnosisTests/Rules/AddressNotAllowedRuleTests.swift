import MailDiagnosis
import MailModel
import Testing

@Suite("Addresses that the policy forbids")
struct AddressNotAllowedRuleTests {
    @Test(arguments: [
        FailureRow(
            "one address", Samples.smtp, "connect", .connect, Samples.attempts(.notAllowed), .addressNotAllowed,
            .actionNeeded),
        FailureRow(
            "all addresses", Samples.imap, "connect", .connect, Samples.attempts(.notAllowed, .notAllowed),
            .addressNotAllowed, .actionNeeded),
        FailureRow(
            "one was given up", Samples.imap, "connect", .connect, Samples.attempts(.superseded, .notAllowed),
            .addressNotAllowed, .actionNeeded),
    ])
    func areToldAsSuch(_ row: FailureRow) throws {
        let finding = try row.check()
        #expect(finding.remedy.who == .support)
        #expect(finding.summary.contains("192.0.2.1"))
        #expect(finding.retry == .no)
    }
}

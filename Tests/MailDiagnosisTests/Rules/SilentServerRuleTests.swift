import MailDiagnosis
import MailModel
import Testing

@Suite("Servers that say nothing")
struct SilentServerRuleTests {
    private static let waitsForTLS = Endpoint(service: .smtp, host: "smtp.example.com", port: 465, security: .starttls)

    @Test(arguments: [
        FailureRow(
            "at the greeting", Samples.smtp, "connect", .greeting, .timedOut(after: .seconds(10)), .connectTimeout,
            .cannotTell),
        FailureRow(
            "at the login", Samples.imap, "auth", .auth, .timedOut(after: .seconds(25)), .connectTimeout, .cannotTell),
        FailureRow(
            "since it waits for TLS", waitsForTLS, "connect", .greeting, .timedOut(after: .seconds(10)), .wrongPort,
            .actionNeeded),
    ])
    func areTold(_ row: FailureRow) throws { try row.check() }

    /// TLS begun in the other way got further: that proves the mode.
    @Test(arguments: [
        (Failure?.none, true), (.startTLSNotOffered, true), (.timedOut(after: .seconds(1)), false),
        (.tls(.other("its certificate cannot be trusted")), true), (.tls(.closed), false), (.ourLimit, false),
    ])
    func theOtherModeIsProposedWhenItIsProved(_ failure: Failure?, _ isProved: Bool) throws {
        let planned = Endpoint(service: .smtp, host: "smtp.example.com", port: 2525, security: .starttls)
        let flipped = Endpoint(service: .smtp, host: "smtp.example.com", port: 2525, security: .tls)
        let tried = AlternativeFacts(endpoint: flipped, reason: .otherSecurity, stage: .tls, failure: failure)
        let finding = try #require(
            try Samples.findings([
                Samples.failed(planned, "connect", .greeting, .timedOut(after: .seconds(9))),
                Samples.alternatives(planned, [tried]),
            ]).first)
        #expect(finding.id == (isProved ? .wrongPort : .connectTimeout))
        let names = finding.remedy.steps.contains { step in
            if case .useEndpoint(flipped, _) = step { true } else { false }
        }
        #expect(names == isProved)
    }
}

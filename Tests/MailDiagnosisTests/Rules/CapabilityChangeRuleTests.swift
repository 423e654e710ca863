import MailDiagnosis
import MailModel
import Testing

@Suite("What is offered in clear and over TLS")
struct CapabilityChangeRuleTests {
    struct Row: Sendable {
        var clear: [String]
        var secured: [String]
        var mechanisms: [String]
        var isTold: Bool
    }

    @Test(arguments: [
        Row(clear: ["SIZE 1", "STARTTLS"], secured: ["SIZE 2", "AUTH PLAIN"], mechanisms: ["PLAIN"], isTold: false),
        Row(clear: ["STARTTLS", "LOGINDISABLED"], secured: ["AUTH=PLAIN"], mechanisms: ["PLAIN"], isTold: false),
        Row(clear: ["STARTTLS", "XEVIL"], secured: ["AUTH PLAIN"], mechanisms: ["PLAIN"], isTold: true),
        Row(clear: ["AUTH PLAIN SCRAM-SHA-1"], secured: ["AUTH PLAIN"], mechanisms: ["PLAIN"], isTold: true),
        Row(clear: ["AUTH=SCRAM-SHA-1"], secured: ["AUTH=PLAIN"], mechanisms: ["PLAIN"], isTold: true),
        Row(clear: ["STARTTLS"], secured: ["STARTTLS", "AUTH PLAIN"], mechanisms: ["PLAIN"], isTold: true),
    ])
    func differences(_ row: Row) throws {
        let facts = CapabilityFacts(
            beforeTLS: row.clear.map { ServerText($0) }, onLoginChannel: row.secured.map { ServerText($0) },
            mechanisms: row.mechanisms)
        let observation = Observation(
            id: .capabilities(.smtp), stage: .capabilities, endpoint: Samples.smtp, outcome: .observed,
            facts: .capabilities(facts))
        let told = try Samples.findings([observation]).map(\.id)
        #expect(told == (row.isTold ? [.capabilitiesChanged] : []))
    }
}

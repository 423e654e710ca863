import MailDiagnosis
import MailModel
import Testing

@Suite("Control characters in a server's text")
struct ControlCharacterRuleTests {
    @Test(arguments: [
        ("welcome", false), ("\u{1B}[2Jwelcome", true), ("nul\u{0}", true), ("tab\there", false), ("\u{7F}", true),
        ("\u{85}", false), ("caf\u{E9}", false), ("a \\x plain backslash", false),
    ])
    func areTold(_ text: String, _ isTold: Bool) throws {
        let observation = Observation(
            id: .connect(.smtp), stage: .connect, endpoint: Samples.smtp, outcome: .observed,
            facts: .connection(ConnectionFacts(greeting: Samples.smtpReply(220, nil, text))))
        let told = try Samples.findings([observation]).map(\.id)
        #expect(told == (isTold ? [.controlCharacters] : []))
    }
}

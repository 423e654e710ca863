import MailModel
import MailReport
import Testing

/// An explanation on a terminal and as JSON.
@Suite struct ExplanationReportTests {
    static func finding(_ id: FindingID, _ confidence: Double, words: String? = nil) -> Finding {
        Finding(
            id: id, severity: .error, confidence: confidence, service: .smtp, stage: .auth, summary: "It is \(id).",
            detail: "More on it.", serverText: words, evidence: ["text"],
            remedy: Remedy(who: .user, steps: ["Do this.", "Then that."], links: ["https://example.com/help"]))
    }

    static let explanation = Explanation(
        text: "535 no\u{1B}[2J", provider: "example", providerName: "Example Mail", service: .smtp, stage: .auth,
        findings: [
            finding(.badCredentials, 0.55, words: "535 no\u{1B}[2J"), finding(.appPasswordRequired, 0.4),
            finding(.accountLocked, 0.2),
        ])

    @Test func theAnswerComesFirstThenTheOthers() {
        let lines = TerminalExplanation.render(Self.explanation, style: TerminalStyle()).split(separator: "\n")
        #expect(lines.first == "?     It is bad_credentials (SMTP).")
        #expect(lines[1] == "      A guess: the text fits other causes too.")
        let others = lines.firstIndex(of: "Or, less likely") ?? 0
        #expect(others > 4 && lines[others + 1] == "?     It is app_password_required (SMTP).")
        #expect(lines.last?.contains("Example Mail (example), protocol smtp, stage auth") == true)
    }

    @Test func nothingSteersTheTerminal() {
        for text in [
            TerminalExplanation.render(Self.explanation, style: TerminalStyle()),
            JSONReport.render(Self.explanation),
        ] {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
    }

    @Test func theObjectHasTheKeysOfTheContract() throws {
        let object = try ParsedJSON(JSONReport.render(Self.explanation))
        guard case .object(let members) = object else { return #expect(Bool(false)) }
        #expect(Set(members.keys) == ["schema", "text", "provider", "protocol", "stage", "findings"])
        #expect(object["findings"]?[1]?["id"] == .text("app_password_required"))
        #expect(object["findings"]?[3] == nil)
    }
}

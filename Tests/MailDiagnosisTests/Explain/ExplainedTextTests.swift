import MailDiagnosis
import MailModel
import MailTestSupport
import Testing

/// What people paste, and what it is explained as.
@Suite struct ExplainedTextTests {
    static func explain(_ text: String) throws -> Explanation {
        Explainer(catalog: try RepositoryCatalog.catalog()).explain(text)
    }

    @Test func thereAreTextsOfEveryGroup() {
        let groups: Set = ["tuning", "held_out", "first_blind", "second_blind", "third_blind"]
        #expect(ExplainedText.all.count > 300)
        #expect(Set(ExplainedText.all.map(\.group)) == groups)
        #expect(ExplainedText.all.count { $0.expected == "not_an_account_problem" } > 50)
    }

    @Test(arguments: ExplainedText.all) func theRightCauseComesFirst(_ text: ExplainedText) throws {
        let explanation = try Self.explain(text.text)
        let ids = explanation.findings.map(\.id.description)
        #expect(text.causes.contains(ids.first ?? ""), "\(ids)")
        #expect((1...3).contains(ids.count) && Set(ids).count == ids.count)
        if let provider = text.provider { #expect(explanation.provider == provider) }
        if text.expected == "not_an_account_problem", text.allowed == nil { #expect(ids == [text.expected]) }
        Self.checkConfidences(explanation.findings)
    }

    /// Confidences fall, and a guess is never sure.
    private static func checkConfidences(_ findings: [Finding]) {
        let confidences = findings.map(\.confidence)
        #expect(confidences == confidences.sorted(by: >))
        #expect(confidences.dropFirst().allSatisfy { $0 < 0.6 })
        let guesses = findings.filter { finding in
            !finding.evidence.contains { $0.hasPrefix("signature:") || $0.hasPrefix("provider:") }
        }
        #expect(guesses.allSatisfy { $0.confidence < 0.6 || $0.id == .notAnAccountProblem })
        #expect(findings.allSatisfy { !$0.remedy.steps.isEmpty })
    }

    /// The same reply, bare and in every wrapping that programs put around it.
    static let wrappings: [(name: String, wrap: @Sendable (String) -> String)] = [
        ("bare", { $0 }), ("prefixed", { "2026-11-25 10:00:00 ERROR mail: SERVER -> CLIENT: \($0)" }),
        ("Python tuple", { "smtplib.SMTPAuthenticationError: (\($0.prefix(3)), b'\($0.dropFirst(4))')" }),
        ("JavaScript", { "Error: Invalid login: \($0)\n    at SMTPConnection._formatError (x.js:1:2)" }),
        ("JSON", { #"{"level":"error","msg":"send failed","err":"\#($0)\r\n"}"# }),
        ("escaped JSON", { #""{\"response\":\"\#($0)\\r\\n\"}""# }),
        ("Postfix", { "status=deferred (SASL authentication failed; server x.example[192.0.2.1] said: \($0))" }),
        ("PHP", { #"Expected response code "235" but got code "\#($0.prefix(3))", with message "\#($0)"."# }),
        ("HTML", { "<b>Error</b>&nbsp;SMTP: \($0)<br />" }), ("coloured", { "\u{1B}[31mfailed: \($0)\u{1B}[0m" }),
    ]

    @Test(arguments: wrappings.indices) func theReplyIsFoundInItsWrapping(index: Int) throws {
        let reply = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
        let explanation = try Self.explain(Self.wrappings[index].wrap(reply))
        #expect(explanation.findings.first?.id == .smtpAuthDisabledTenant, "\(Self.wrappings[index].name)")
        #expect(explanation.service == .smtp && explanation.stage == .auth)
        #expect(explanation.findings.first?.serverText?.contains("SmtpClientAuthentication") == true)
    }

    @Test func linesOfAReplyAreJoined() throws {
        let explanation = try Self.explain("535-5.7.8 Username and Password not\n535 5.7.8 accepted. gsmtp")
        #expect(explanation.findings.first?.serverText == "535 5.7.8 Username and Password not accepted. gsmtp")
    }

    @Test func anUnknownReplyIsQuotedAndItsClassExplained() throws {
        let finding = try #require(try Self.explain("smtp said: 571 5.6.9 Xyzzy plugh").findings.first)
        #expect(finding.id == .unknownReply && finding.serverText == "571 5.6.9 Xyzzy plugh")
        #expect(finding.confidence < 0.6)
    }

    @Test func anEnormousTextIsExplainedAllTheSame() throws {
        let noise = String(repeating: "2026-11-25 10:00:00 DEBUG nothing to see here 587\n", count: 20_000)
        let explanation = try Self.explain(noise + "535 5.7.8 Error: authentication failed: x\n")
        #expect(explanation.findings.first?.id == .badCredentials)
    }
}
